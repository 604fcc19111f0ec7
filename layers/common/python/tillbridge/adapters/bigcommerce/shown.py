"""A product with every field reconcile compares, as BigCommerce shows it."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from tillbridge.adapters.bigcommerce.wire import reader
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.shown import Shown, ShownVariant

FIELDS = (
    "name,sku,description,price,cost_price,brand_id,is_visible,upc,gtin,inventory_tracking,"
    "inventory_level"
)

type _Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
type _Amount = Annotated[
    Decimal | None, BeforeValidator(lambda value: None if value == "" else value)
]
type _Count = Annotated[int, BeforeValidator(lambda value: value or 0)]
type _Items[T] = Annotated[tuple[T, ...], BeforeValidator(lambda value: value or ())]


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


class _Chosen(_Record):
    option_display_name: _Text = ""
    label: _Text = ""


class _Variant(_Record):
    id: int
    sku: _Text = ""
    option_values: _Items[_Chosen] = ()
    price: _Amount = None
    cost_price: _Amount = None
    upc: _Text = ""
    gtin: _Text = ""
    inventory_level: _Count = 0

    def shown(self) -> ShownVariant:
        return ShownVariant(
            id=StoreVariantId(self.id),
            sku=self.sku,
            options=tuple((v.option_display_name, v.label) for v in self.option_values),
            price=self.price,
            cost_price=self.cost_price,
            upc=self.upc,
            gtin=self.gtin,
            level=self.inventory_level,
        )


class _Image(_Record):
    url_thumbnail: _Text = ""


def _no_image(value: Any) -> Any:
    return value or None


class _Product(_Record):
    id: int
    name: _Text = ""
    sku: _Text = ""
    description: _Text = ""
    price: _Amount = None
    cost_price: _Amount = None
    brand_id: _Count = 0
    is_visible: bool = True
    upc: _Text = ""
    gtin: _Text = ""
    inventory_tracking: _Text = "none"
    inventory_level: _Count = 0
    primary_image: Annotated[_Image | None, BeforeValidator(_no_image)] = None
    variants: _Items[_Variant] = ()

    def shown(self) -> Shown:
        return Shown(
            id=StoreProductId(self.id),
            name=self.name,
            sku=self.sku,
            description=self.description,
            price=self.price or Decimal(0),
            cost_price=self.cost_price or Decimal(0),
            brand=self.brand_id,
            visible=self.is_visible,
            upc=self.upc,
            gtin=self.gtin,
            tracking=self.inventory_tracking,
            level=self.inventory_level,
            image=self.primary_image.url_thumbnail if self.primary_image else "",
            variants=tuple(variant.shown() for variant in self.variants),
        )


class Brand(_Record):
    """A brand's name."""

    id: int
    name: _Text = ""


class _Identity(_Record):
    variant_id: int


class Item(_Record):
    """Stock of one item at one location."""

    identity: _Identity
    total_inventory_onhand: _Count = 0


_read_product = reader(_Product)
_read_variant = reader(_Variant)
read_brand = reader(Brand)
read_item = reader(Item)


def read_shown(value: Any) -> Shown:
    """A product as the domain sees it."""
    return _read_product(value).shown()


def read_shown_variant(value: Any) -> ShownVariant:
    """A variant as the domain sees it."""
    return _read_variant(value).shown()
