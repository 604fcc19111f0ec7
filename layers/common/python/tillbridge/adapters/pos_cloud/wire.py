"""The POS's product record on the wire, and as the domain's Product. New fields are ignored."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from tillbridge.domain import product as domain
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.ids import PosProductId, PosVariantId


def _text(value: Any) -> Any:
    return "" if value is None else value


def _items(value: Any) -> Any:
    return () if value is None else value


type Text = Annotated[str, BeforeValidator(_text)]
type Items[T] = Annotated[tuple[T, ...], BeforeValidator(_items)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


class _Unit(_Record):
    """What products and variants share: texts that only `domain/fields.py` knows by name, and which keys
    the POS left out."""

    plain: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _collect(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {**raw, "plain": {name: raw[name] for name in PLAIN_OF_PRODUCTS if name in raw}}

    def left_out(self, plain: Iterable[str]) -> frozenset[str]:
        """Return the attributes of which the record says nothing: a null or a blank says something.
        `plain` are those that only `domain/fields.py` knows by name."""
        own = set(type(self).model_fields) - self.model_fields_set - {"plain"}
        unsaid = set(plain) - set(self.plain)
        return frozenset(_ATTRIBUTE.get(name, name) for name in own | unsaid)


_ATTRIBUTE = {"description_html": "description"}
"""Where our word is another than the contract's."""


class Barcode(_Record):
    """One code; `type` is UPC, EAN, GTIN or something newer."""

    type: Text = ""
    code: Text = ""


class Level(_Record):
    """Stock at one outlet."""

    outlet_id: str
    on_hand: Decimal
    committed: Decimal = Decimal(0)


class Named(_Record):
    """A department or a vendor."""

    name: Text = ""


class Image(_Record):
    """An image's address."""

    url: str


class Option(_Record):
    """An option of a product."""

    name: str


class OptionValue(_Record):
    """What a variant has of an option."""

    name: str
    value: str


class Variant(_Unit):
    """A sellable unit of a product."""

    id: str
    sku: Text = ""
    product_number: Text = ""
    price: Decimal | None = None
    cost: Decimal | None = None
    barcodes: Items[Barcode] = ()
    option_values: Items[OptionValue] = ()
    stock: Items[Level] = ()

    def as_domain(self) -> domain.Variant:
        """The domain's variant."""
        return domain.Variant(
            id=PosVariantId(self.id),
            sku=self.sku,
            option_values=tuple((pair.name, pair.value) for pair in self.option_values),
            product_number=self.product_number,
            price=self.price,
            cost=self.cost,
            barcodes=_barcodes(self.barcodes),
            stock=_levels(self.stock),
            unknown=self.left_out(PLAIN_OF_VARIANTS),
            **_known(self.plain, PLAIN_OF_VARIANTS),
        )


class Product(_Unit):
    """A product; `price` has no default, because a price of 0 must never come from a gap."""

    id: str
    version: int
    price: Decimal
    deleted_at: datetime | None = None
    sku: Text = ""
    product_number: Text = ""
    name: Text = ""
    description_html: Text = ""
    department: Named | None = None
    vendor: Named | None = None
    brand: Text = ""
    cost: Decimal | None = None
    barcodes: Items[Barcode] = ()
    track_stock: bool = True
    stock: Items[Level] = ()
    weight: Decimal | None = None
    images: Items[Image] = ()
    options: Items[Option] = ()
    variants: Items[Variant] = ()
    active: bool = True

    def as_domain(self) -> domain.Product:
        """The domain's product."""
        return domain.Product(
            id=PosProductId(self.id),
            version=self.version,
            name=self.name,
            sku=self.sku,
            product_number=self.product_number,
            description=self.description_html,
            department=self.department.name if self.department else "",
            vendor=self.vendor.name if self.vendor else "",
            brand=self.brand,
            price=self.price,
            cost=self.cost,
            barcodes=_barcodes(self.barcodes),
            track_stock=self.track_stock,
            stock=_levels(self.stock),
            weight=self.weight,
            images=tuple(image.url for image in self.images),
            options=tuple(option.name for option in self.options),
            variants=tuple(variant.as_domain() for variant in self.variants),
            active=self.active,
            deleted=self.deleted_at is not None,
            unknown=self.left_out(PLAIN_OF_PRODUCTS),
            **_known(self.plain, PLAIN_OF_PRODUCTS),
        )


class Nameless(_Record):
    """What every record has, however odd the rest of it is."""

    id: str
    version: int


class Tombstone(Nameless):
    """A deleted product: nothing but id and version is relied on."""

    deleted_at: datetime
    name: Text = ""

    def as_domain(self) -> domain.Product:
        """The domain's product, deleted."""
        return domain.Product(
            id=PosProductId(self.id), version=self.version, name=self.name, deleted=True
        )


def _known(plain: Mapping[str, str], names: Iterable[str]) -> dict[str, Any]:
    return {name: plain[name] for name in names if name in plain}


def _levels(levels: Iterable[Level]) -> tuple[domain.StockLevel, ...]:
    return tuple(
        domain.StockLevel(level.outlet_id, level.on_hand, level.committed) for level in levels
    )


def _barcodes(barcodes: Iterable[Barcode]) -> domain.Barcodes:
    # BigCommerce has two fields; of several codes for one the first counts.
    upc = gtin = ""
    for barcode in barcodes:
        code = barcode.code.strip()
        if barcode.type.strip().upper() == "UPC":
            upc = upc or code
        elif code.isascii() and code.isdigit():
            gtin = gtin or code
    return domain.Barcodes(upc, gtin)
