"""The POS's product records on the wire, and their conversion to the domain's Product. Unknown
fields are ignored."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from tillbridge.adapters.borders.values import (
    Money,
    Quantity,
    RecordId,
    SoundText,
    Text,
    Version,
)
from tillbridge.adapters.wire_record import Items, Record, RecordWithTexts
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS, PLAIN_OF_VARIANTS
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.product import NO_VERSION, Barcodes, Product, StockLevel, Variant


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

    outlet_id: SoundText
    on_hand: Quantity
    committed: Quantity = Decimal(0)


class NamedRecord(Record):
    """A department or a vendor."""

    name: Text = ""


class ImageRecord(Record):
    """An image's address."""

    url: SoundText


class OptionRecord(Record):
    """An option of a product."""

    name: SoundText


class OptionValueRecord(Record):
    """The value that a variant has of one option."""

    name: SoundText
    value: SoundText


class VariantRecord(_Unit):
    """A sellable unit of a product."""

    id: RecordId
    sku: Text = ""
    product_number: Text = ""
    price: Money | None = None
    cost: Money | None = None
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

    id: RecordId
    version: Version
    price: Money
    deleted_at: datetime | None = None
    sku: Text = ""
    product_number: Text = ""
    name: Text = ""
    description_html: Text = ""
    department: NamedRecord | None = None
    vendor: NamedRecord | None = None
    brand: Text = ""
    cost: Money | None = None
    barcodes: Items[BarcodeRecord] = ()
    track_stock: bool = True
    stock: Items[LevelRecord] = ()
    weight: Money | None = None
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


class TombstoneRecord(Record):
    """A deleted product. Only id, version and the time of deletion are required."""

    id: RecordId
    version: Version
    deleted_at: datetime
    name: Text = ""

    def as_domain(self) -> Product:
        """Return the domain's product, marked deleted."""
        return Product(id=PosProductId(self.id), version=self.version, name=self.name, deleted=True)


class _CountedRecord(Record):
    id: RecordId
    stock: Items[LevelRecord] = ()


class StockRecord(_CountedRecord):
    """What of a record is enough for its stock levels, when the rest of it cannot be read."""

    track_stock: bool
    variants: Items[_CountedRecord]

    def as_domain(self, version: int, unreadable: str) -> Product:
        """Return the domain's product, of which no more than the stock is known."""
        return Product(
            id=PosProductId(self.id),
            version=version,
            name="",
            track_stock=self.track_stock,
            stock=_levels(self.stock),
            variants=tuple(
                Variant(PosVariantId(each.id), sku="", option_values=(), stock=_levels(each.stock))
                for each in self.variants
            ),
            unreadable=unreadable,
        )


class _Named(Record):
    id: RecordId


class _Numbered(Record):
    version: Version


def id_of(record: Any) -> str | None:
    """Return the id of any record, None when it has none that can be read."""
    try:
        return _Named.model_validate(record).id
    except ValidationError:
        return None


def version_of(record: Any) -> int:
    """Return the version of any record, NO_VERSION when it has none that can be read."""
    try:
        return _Numbered.model_validate(record).version
    except ValidationError:
        return NO_VERSION


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
