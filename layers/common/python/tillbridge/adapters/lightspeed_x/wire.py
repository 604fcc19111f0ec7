"""X-Series' records on the wire, as versions 2.0 and 2026-07 have them. Keys that we do not read are ignored; what is
blank is often left out, and what has no brand has the brand {}."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError

from tillbridge.adapters.borders.values import (
    Money,
    Quantity,
    RecordId,
    SoundText,
    Text,
    is_sound,
    whole_number,
)
from tillbridge.adapters.wire_record import Record

HIGHEST_VERSION = 2**53 - 1
"""Above it a JSON number is exact for few readers. X-Series' counter stands at some billions; a cursor that was put to a
number out of all bounds would leave out all that follows."""

type Version = Annotated[int, BeforeValidator(whole_number(0, HIGHEST_VERSION))]


def _blank_is_none(value: Any) -> Any:
    return None if value in ("", {}, []) else value


def _sound_or_blank(value: Any) -> str:
    return value if isinstance(value, str) and is_sound(value) else ""


type Ended = Annotated[bool, BeforeValidator(bool)]
"""Whether a row says when it ended, in whatever form: an end is no less one for an odd date."""

type Rows[T] = Annotated[tuple[T, ...], BeforeValidator(lambda value: _blank_is_none(value) or ())]
"""A list; its null is an empty one, and so is {}."""


class NamedRow(Record):
    """A brand, a supplier or a category. Inside a product it may be one that was deleted."""

    id: Text = ""
    name: Text = ""
    deleted_at: Ended = False


type MaybeNamed = Annotated[NamedRow | None, BeforeValidator(_blank_is_none)]
type MaybeId = Annotated[RecordId | None, BeforeValidator(_blank_is_none)]
type MaybeDate = Annotated[datetime | None, BeforeValidator(_blank_is_none)]


class CodeRow(Record):
    """A code; `type` is CUSTOM, EAN, ISBN, ITF, JAN or UPC, in letters of any case."""

    type: Text = ""
    code: Text = ""


class SupplierCodeRow(Record):
    """What a supplier calls a product."""

    code: Text = ""


class OptionRow(Record):
    """The value of one attribute, such as a size."""

    name: SoundText
    value: SoundText


class ImageRow(Record):
    """The address of a picture, blank as long as there is none."""

    url: Text = ""


class ProductRow(Record):
    """A product by itself, or one variant of a family."""

    id: RecordId
    version: Version
    name: Text
    sku: Text
    has_inventory: bool
    price_including_tax: Money | None
    price_excluding_tax: Money | None
    variant_options: Rows[OptionRow]
    variant_parent_id: MaybeId = None
    is_composite: bool | None = None
    is_active: bool | None = None
    active: bool | None = None
    description: Text = ""
    supply_price: Money | None = None
    supplier_code: Text = ""
    product_suppliers: Rows[SupplierCodeRow] = ()
    product_codes: Rows[CodeRow] = ()
    type: MaybeNamed = None
    product_category: MaybeNamed = None
    supplier: MaybeNamed = None
    brand: MaybeNamed = None
    images: Rows[ImageRow] = ()
    weight: Money | None = None
    weight_unit: Text = ""


class TombstoneRow(Record):
    """A deleted product, of which no more is needed."""

    id: RecordId
    version: Version
    deleted_at: datetime


class LevelRow(Record):
    """The stock of a product at an outlet."""

    product_id: RecordId
    outlet_id: RecordId
    version: Version
    current_inventory_level: Quantity
    deleted_at: MaybeDate = None


class LevelKeyRow(Record):
    """What must be known of a level, so that it can be told that it is not known."""

    product_id: RecordId
    outlet_id: RecordId
    version: Version


class OutletRow(Record):
    """An outlet. A name that cannot be read is blank: the units of one that is left out would not be offered."""

    id: RecordId
    name: Annotated[str, BeforeValidator(_sound_or_blank)] = ""
    deleted_at: Ended = False


class CurrencyRow(Record):
    """The currency of a retailer."""

    code: SoundText


class RetailerRow(Record):
    """What a retailer says of itself. Whether its prices are without tax has no default: a guess would sell at another
    price."""

    tax_exclusive: bool
    currency: CurrencyRow
    id: Text = ""
    name: Text = ""
    discount_product_id: Text = ""


class _Numbered(Record):
    version: Version


class _Identified(Record):
    id: RecordId


class _Child(Record):
    variant_parent_id: MaybeId = None


class _Range(Record):
    max: Version


def version_of(row: Any) -> int | None:
    """Return the version of any row, None when it has none that can be read."""
    try:
        return _Numbered.model_validate(row).version
    except ValidationError:
        return None


def id_of(row: Any) -> str | None:
    """Return the id of any row, None when it has none that can be read."""
    try:
        return _Identified.model_validate(row).id
    except ValidationError:
        return None


def parent_of(row: Any) -> str | None:
    """Return under which product a row stands, None when it stands under none, or does not say."""
    try:
        return _Child.model_validate(row).variant_parent_id
    except ValidationError:
        return None


def highest_of(page: Any) -> int | None:
    """Return the highest version of a page, as it says itself; None when it does not."""
    try:
        return _Range.model_validate(page.get("version")).max
    except (AttributeError, ValidationError):
        return None


KILOGRAMS: dict[str, Decimal] = {
    "KG": Decimal(1),
    "G": Decimal("0.001"),
    "LB": Decimal("0.45359237"),
    "OZ": Decimal("0.028349523125"),
    "CT": Decimal("0.0002"),
}
"""Of each unit of weight; CT is the carat."""
