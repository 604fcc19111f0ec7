"""BigCommerce's records on the wire: what we use of them. New fields are ignored, and numbers
that turn into strings (or back) are taken (hazard new-field)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from tillbridge.adapters.bigcommerce.answer import UnreadableAnswerError
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.ports.store_api import StoreOption, StoreProduct, StoreVariant

INHERITED = ("weight", "width", "height", "depth", "retail_price", "sale_price")

type _Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]


type _Amount = Annotated[
    Decimal | None, BeforeValidator(lambda value: None if value == "" else value)
]


def _no_list(value: Any) -> Any:
    return () if value is None else value


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


class ChosenValue(_Record):
    """An option value of a variant."""

    option_display_name: _Text = ""
    label: _Text = ""


class Variant(_Record):
    """A variant; a product without options has one, the base variant, without option values."""

    id: int
    sku: _Text = ""
    option_values: Annotated[tuple[ChosenValue, ...], BeforeValidator(_no_list)] = ()
    weight: _Amount = None
    width: _Amount = None
    height: _Amount = None
    depth: _Amount = None
    retail_price: _Amount = None
    sale_price: _Amount = None

    def shown(self) -> StoreVariant:
        """As the port shows it."""
        return StoreVariant(
            StoreVariantId(self.id),
            self.sku,
            tuple((value.option_display_name, value.label) for value in self.option_values),
            {name: getattr(self, name) for name in INHERITED},
        )


class Image(_Record):
    """An image of a product."""

    id: int
    sort_order: int | None = None


class Product(_Record):
    """A product; `variants` and `images` are None when the answer did not carry them."""

    id: int
    name: _Text = ""
    sku: _Text = ""
    variants: tuple[Variant, ...] | None = None
    images: tuple[Image, ...] | None = None

    def shown(self, warning: str = "") -> StoreProduct:
        """As the port shows it."""
        return StoreProduct(
            StoreProductId(self.id),
            self.name,
            self.sku,
            tuple(variant.shown() for variant in self.variants or ()),
            in_order(self.images or ()),
            warning,
        )


class OptionValue(_Record):
    """A value of an option."""

    id: int
    label: _Text = ""


class Option(_Record):
    """An option of a product with its values."""

    id: int
    display_name: _Text = ""
    option_values: tuple[OptionValue, ...] = Field(default=())

    def shown(self) -> StoreOption:
        """As the port shows it."""
        values = {value.label: value.id for value in self.option_values}
        return StoreOption(self.id, self.display_name, values)


class Category(_Record):
    """A category of a tree."""

    category_id: int
    name: _Text = ""


class FoundVariant(_Record):
    """A variant found by its SKU."""

    product_id: int
    sku: _Text = ""


def in_order(images: tuple[Image, ...]) -> tuple[int, ...]:
    """Ids in the order shoppers see the images."""
    return tuple(image.id for image in sorted(images, key=lambda image: image.sort_order or 0))


def reader[T](shape: type[T]) -> Callable[[Any], T]:
    """Reads a decoded record; raises UnreadableAnswerError when it is not of that shape."""
    adapter = TypeAdapter(shape)

    def read(value: Any) -> T:
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            places = sorted({".".join(map(str, e["loc"])) for e in error.errors()})
            raise UnreadableAnswerError(f"unexpected values at {', '.join(places)}") from None

    return read


read_product = reader(Product)
read_variant = reader(Variant)
read_image = reader(Image)
read_option = reader(Option)
read_option_value = reader(OptionValue)
read_category = reader(Category)
read_found_variant = reader(FoundVariant)
