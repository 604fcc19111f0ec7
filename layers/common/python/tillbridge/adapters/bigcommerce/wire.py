"""BigCommerce's records on the wire: what all share, and those other than products. Unknown fields
are ignored, and a number may come as a string or a string as a number."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from tillbridge.adapters.bigcommerce.answer import UnreadableAnswerError
from tillbridge.adapters.wire_record import Record, Text
from tillbridge.ports.store_api import StoreOption

type Amount = Annotated[Decimal, BeforeValidator(lambda value: value or 0)]
type OwnAmount = Annotated[
    Decimal | None, BeforeValidator(lambda value: None if value == "" else value)
]
"""A variant's amount, in which null has a meaning: the product's amount counts."""
type Count = Annotated[int, BeforeValidator(lambda value: value or 0)]
type Items[T] = Annotated[tuple[T, ...], BeforeValidator(lambda value: value or ())]


class OptionValueRecord(Record):
    """A value of an option."""

    id: int
    label: Text = ""


class OptionRecord(Record):
    """An option of a product with its values."""

    id: int
    display_name: Text = ""
    option_values: tuple[OptionValueRecord, ...] = ()

    def as_read(self) -> StoreOption:
        """Return the option as the port returns it."""
        values = {value.label: value.id for value in self.option_values}
        return StoreOption(self.id, self.display_name, values)


class CategoryRecord(Record):
    """A category of a tree."""

    category_id: int
    name: Text = ""


class BrandRecord(Record):
    """A brand."""

    id: int
    name: Text = ""


class FoundVariantRecord(Record):
    """A variant found by its SKU, with its product's id."""

    product_id: int
    sku: Text = ""


class _Identity(Record):
    variant_id: int


class ItemRecord(Record):
    """Stock of one item at one location."""

    identity: _Identity
    total_inventory_onhand: Count = 0


def reader[T](shape: type[T]) -> Callable[[Any], T]:
    """Return a function that validates a decoded record. It raises UnreadableAnswerError when the
    record does not have this shape."""
    adapter = TypeAdapter(shape)

    def read(value: Any) -> T:
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            places = sorted({".".join(map(str, e["loc"])) for e in error.errors()})
            raise UnreadableAnswerError(f"unexpected values at {', '.join(places)}") from None

    return read


read_option = reader(OptionRecord)
read_option_value = reader(OptionValueRecord)
read_category = reader(CategoryRecord)
read_brand = reader(BrandRecord)
read_found_variant = reader(FoundVariantRecord)
read_item = reader(ItemRecord)
