"""BigCommerce's records on the wire: what all share, and those other than products. Unknown fields
are ignored, and a number may come as a string or a string as a number."""

import logging
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from tillbridge.adapters.bigcommerce.answer import UnreadableRecordError
from tillbridge.adapters.borders.values import (
    MONEY_DIGITS,
    Text,
    complaint,
    number_within,
    whole_number,
)
from tillbridge.adapters.wire_record import Record
from tillbridge.ports.store_api import StoreOption

_log = logging.getLogger(__name__)

HIGHEST_NUMBER = 2**53 - 1
"""The highest id that JSON carries exactly."""
MOST_UNITS = 2**63 - 1

_money = number_within(MONEY_DIGITS)
_count = whole_number(-MOST_UNITS, MOST_UNITS)

type Number = Annotated[int, BeforeValidator(whole_number(0, HIGHEST_NUMBER))]
"""An id."""
type Amount = Annotated[Decimal, BeforeValidator(lambda value: _money(value or 0))]
type OwnAmount = Annotated[
    Decimal | None, BeforeValidator(lambda value: None if value == "" else _money(value))
]
"""A variant's amount, in which null has a meaning: the product's amount counts."""
type Count = Annotated[int, BeforeValidator(lambda value: _count(value or 0))]
type Items[T] = Annotated[tuple[T, ...], BeforeValidator(lambda value: value or ())]


class OptionValueRecord(Record):
    """A value of an option."""

    id: Number
    label: Text = ""


class OptionRecord(Record):
    """An option of a product with its values."""

    id: Number
    display_name: Text = ""
    option_values: tuple[OptionValueRecord, ...] = ()

    def as_read(self) -> StoreOption:
        """Return the option as the port returns it."""
        values = {value.label: value.id for value in self.option_values}
        return StoreOption(self.id, self.display_name, values)


class CategoryRecord(Record):
    """A category of a tree."""

    category_id: Number
    name: Text = ""


class BrandRecord(Record):
    """A brand."""

    id: Number
    name: Text = ""


class FoundVariantRecord(Record):
    """A variant found by its SKU, with its product's id."""

    product_id: Number
    sku: Text = ""


class _Identity(Record):
    product_id: Number
    variant_id: Number


class ItemRecord(Record):
    """Stock of one item at one location."""

    identity: _Identity
    total_inventory_onhand: Count = 0


def each_readable[T](records: Iterable[Any], read: Callable[[Any], T]) -> list[T]:
    """Return the records of a list that can be read. The others are logged: one odd record hides no
    other."""
    found: list[T] = []
    for record in records:
        try:
            found.append(read(record))
        except UnreadableRecordError as error:
            _log.error("BigCommerce's record cannot be read: %s", error)
    return found


def reader[T](shape: type[T]) -> Callable[[Any], T]:
    """Return a function that validates a decoded record. It raises UnreadableRecordError when the
    record does not have this shape."""
    adapter = TypeAdapter(shape)

    def read(value: Any) -> T:
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            raise UnreadableRecordError(complaint(error)) from None

    return read


read_option = reader(OptionRecord)
read_option_value = reader(OptionValueRecord)
read_category = reader(CategoryRecord)
read_brand = reader(BrandRecord)
read_found_variant = reader(FoundVariantRecord)
read_item = reader(ItemRecord)
