"""The POS's product records on the wire, and their conversion to the domain's Product. Unknown
fields are ignored."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from tillbridge.adapters.wire_record import Record, RecordWithTexts, Text
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.product import Barcodes, Product, StockLevel, Variant
from tillbridge.domain.versions import HIGHEST_NUMBER


def _items(value: Any) -> Any:
    return () if value is None else value


type Version = Annotated[int, Field(ge=0, le=HIGHEST_NUMBER)]

type Items[T] = Annotated[tuple[T, ...], BeforeValidator(_items)]


class _Unit(RecordWithTexts):
    """What products and variants share: which keys the POS left out."""

    def left_out(self, plain: Iterable[str]) -> frozenset[str]:
        """Return the domain's attributes whose keys the record leaves out; a null or a blank is not
        left out. `plain` names the texts that only `domain/fields.py` names."""
        own = set(type(self).model_fields) - self.model_fields_set - {"plain"}
        unsaid = set(plain) - set(self.plain)
        return frozenset(_ATTRIBUTE.get(name, name) for name in own | unsaid)


_ATTRIBUTE = {"description_html": "description"}
"""The domain's names that differ from the contract's."""


class BarcodeRecord(Record):
    """One code; `type` is UPC, EAN, GTIN or a later one."""

    type: Text = ""
    code: Text = ""


class LevelRecord(Record):
    """Stock at one outlet."""

    outlet_id: str
    on_hand: Decimal
    committed: Decimal = Decimal(0)


class NamedRecord(Record):
    """A department or a vendor."""

    name: Text = ""


class ImageRecord(Record):
    """An image's address."""

    url: str


class OptionRecord(Record):
    """An option of a product."""

    name: str


class OptionValueRecord(Record):
    """The value that a variant has of one option."""

    name: str
    value: str


class VariantRecord(_Unit):
    """A sellable unit of a product."""

    id: str
    sku: Text = ""
    product_number: Text = ""
    price: Decimal | None = None
    cost: Decimal | None = None
    barcodes: Items[BarcodeRecord] = ()
    option_values: Items[OptionValueRecord] = ()
    stock: Items[LevelRecord] = ()

    def as_domain(self) -> Variant:
        """Return the domain's variant."""
        return Variant(
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


class ProductRecord(_Unit):
    """A product. `price` has no default, so that a missing price can never become 0."""

    id: str
    version: Version
    price: Decimal
    deleted_at: datetime | None = None
    sku: Text = ""
    product_number: Text = ""
    name: Text = ""
    description_html: Text = ""
    department: NamedRecord | None = None
    vendor: NamedRecord | None = None
    brand: Text = ""
    cost: Decimal | None = None
    barcodes: Items[BarcodeRecord] = ()
    track_stock: bool = True
    stock: Items[LevelRecord] = ()
    weight: Decimal | None = None
    images: Items[ImageRecord] = ()
    options: Items[OptionRecord] = ()
    variants: Items[VariantRecord] = ()
    active: bool = True

    def as_domain(self) -> Product:
        """Return the domain's product."""
        return Product(
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


class MinimalRecord(Record):
    """What every record has, even when the rest of it cannot be read."""

    id: str
    version: Version


class TombstoneRecord(MinimalRecord):
    """A deleted product. Only id, version and the time of deletion are required."""

    deleted_at: datetime
    name: Text = ""

    def as_domain(self) -> Product:
        """Return the domain's product, marked deleted."""
        return Product(id=PosProductId(self.id), version=self.version, name=self.name, deleted=True)


def _known(plain: Mapping[str, str], names: Iterable[str]) -> dict[str, Any]:
    return {name: plain[name] for name in names if name in plain}


def _levels(levels: Iterable[LevelRecord]) -> tuple[StockLevel, ...]:
    return tuple(StockLevel(level.outlet_id, level.on_hand, level.committed) for level in levels)


def _barcodes(barcodes: Iterable[BarcodeRecord]) -> Barcodes:
    # BigCommerce has two fields; the first code for each one counts.
    upc = gtin = ""
    for barcode in barcodes:
        code = barcode.code.strip()
        if barcode.type.strip().upper() == "UPC":
            upc = upc or code
        elif code.isascii() and code.isdigit():
            gtin = gtin or code
    return Barcodes(upc, gtin)
