"""Products, variants and images on the wire, and their conversion to the domain's."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, override

from pydantic import BeforeValidator

from tillbridge.adapters.bigcommerce.answer import UnreadableRecordError
from tillbridge.adapters.bigcommerce.selections import PLAIN, SCALARS, Selection
from tillbridge.adapters.bigcommerce.wire import (
    Amount,
    Count,
    Items,
    Number,
    OwnAmount,
    reader,
)
from tillbridge.adapters.borders.values import Text
from tillbridge.adapters.wire_record import Record, RecordWithTexts
from tillbridge.domain.fields import PLAIN_OF_VARIANTS
from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.web_owned import INHERITED
from tillbridge.domain.web_product import NOT_READ, WebImage, WebProduct, WebVariant

_NOTHING_OWNED: Mapping[str, Decimal] = MappingProxyType({})


class _Unit(RecordWithTexts):
    """What products and variants share."""

    def _plain(self, names: Iterable[str]) -> dict[str, Any]:
        return {name: self.plain.get(name, "") for name in names}


class _ChosenValue(Record):
    option_display_name: Text = ""
    label: Text = ""


class VariantRecord(_Unit):
    """A variant. A product without options has one, the base variant, without option values."""

    id: Number
    sku: Text = ""
    option_values: Items[_ChosenValue] = ()
    price: OwnAmount = None
    cost_price: OwnAmount = None
    upc: Text = ""
    gtin: Text = ""
    inventory_level: Count = 0
    weight: OwnAmount = None
    width: OwnAmount = None
    height: OwnAmount = None
    depth: OwnAmount = None
    retail_price: OwnAmount = None
    sale_price: OwnAmount = None

    def as_read(self) -> WebVariant:
        """Return the domain's variant."""
        owned = {name: value for name in INHERITED if (value := getattr(self, name)) is not None}
        return WebVariant(
            id=StoreVariantId(self.id),
            sku=self.sku,
            options=tuple((v.option_display_name, v.label) for v in self.option_values),
            price=self.price,
            cost=self.cost_price,
            upc=self.upc,
            gtin=self.gtin,
            level=self.inventory_level,
            owned=owned or _NOTHING_OWNED,
            **self._plain(PLAIN_OF_VARIANTS),
        )


class _Picture(Record):
    url_thumbnail: Text = ""
    url_standard: Text = ""
    url_zoom: Text = ""
    image_url: Text = ""

    @property
    def address(self) -> str:
        return self.url_zoom or self.url_standard or self.image_url

    @property
    def thumbnail(self) -> str:
        return self.url_thumbnail or self.address


class ImageRecord(_Picture):
    """An image of a product."""

    id: Number
    sort_order: Count = 0
    is_thumbnail: bool | None = None


class ProductRecord(_Unit):
    """A product. `variants` and `images` are None when the answer does not hold them."""

    id: Number
    name: Text = ""
    sku: Text = ""
    description: Text = ""
    price: Amount = Decimal(0)
    cost_price: Amount = Decimal(0)
    brand_id: Count = 0
    categories: Items[Number] = ()
    is_visible: bool = True
    upc: Text = ""
    gtin: Text = ""
    inventory_tracking: Text = "none"
    inventory_level: Count = 0
    variants: tuple[VariantRecord, ...] | None = None
    images: tuple[ImageRecord, ...] | None = None
    primary_image: Annotated[_Picture | None, BeforeValidator(lambda value: value or None)] = None

    def as_read(self, selection: Selection, warning: str = "") -> WebProduct:
        """Return the domain's product; fields that `selection` did not request count as not
        read."""
        variants = [variant.as_read() for variant in self.variants or ()]
        base = next((variant.id for variant in variants if not variant.options), None)
        asked = {name: ours for name, ours in SCALARS.items() if name in selection.fields}
        scalars = {ours: getattr(self, name) for name, ours in asked.items() if name not in PLAIN}
        return WebProduct(
            id=StoreProductId(self.id),
            name=self.name,
            sku=self.sku,
            variants=tuple(variant for variant in variants if variant.options),
            base=base,
            images=web_images(self.images or ()) if "images" in selection.include else NOT_READ,
            thumbnail=self._thumbnail() if selection.with_images else NOT_READ,
            warning=warning,
            **scalars,
            **self._plain(name for name in asked if name in PLAIN),
        )

    def _thumbnail(self) -> str:
        if self.primary_image is not None:
            return self.primary_image.thumbnail
        images = _in_order(self.images or ())
        first = next((image for image in images if image.is_thumbnail), None)
        return (first or images[0]).thumbnail if images else ""


class UnreadableProduct(ProductRecord):
    """A product of which no more than the id can be read. It is there all the same: left out, it would
    count as deleted."""

    why: str

    @override
    def as_read(self, selection: Selection, warning: str = "") -> WebProduct:
        """Return the domain's product, of which only the id is known."""
        return WebProduct(StoreProductId(self.id), name="", warning=warning, unreadable=self.why)


class _Numbered(Record):
    id: Number


def web_images(images: Iterable[ImageRecord]) -> tuple[WebImage, ...]:
    """Return the domain's images in the order shoppers see them."""
    return tuple(WebImage(image.id, image.address) for image in _in_order(images))


def _in_order(images: Iterable[ImageRecord]) -> list[ImageRecord]:
    return sorted(images, key=lambda image: (image.sort_order, image.id))


read_product = reader(ProductRecord)
_read_number = reader(_Numbered)


def read_found(value: Any) -> ProductRecord:
    """Return a product of a list, an UnreadableProduct when only its id can be read. Raise
    UnreadableRecordError for one without an id."""
    try:
        return read_product(value)
    except UnreadableRecordError as error:
        return UnreadableProduct(id=_read_number(value).id, why=str(error))


read_variant = reader(VariantRecord)
read_image = reader(ImageRecord)
