"""A row of X-Series' catalogue in our words."""

import logging
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from tillbridge.adapters.borders.values import complaint
from tillbridge.adapters.lightspeed_x.prices import Terms, price_of
from tillbridge.adapters.lightspeed_x.wire import (
    KILOGRAMS,
    CodeRow,
    LevelKeyRow,
    LevelRow,
    NamedRow,
    ProductRow,
    TombstoneRow,
    id_of,
    parent_of,
    version_of,
)
from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields, Named
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS
from tillbridge.domain.ids import MemberId
from tillbridge.domain.product import Barcodes

log = logging.getLogger(__name__)

NEVER_HAD = frozenset(PLAIN_OF_PRODUCTS)
"""Fields that X-Series does not have: unknown, never blank."""

OWN_PRODUCTS = ("vend-discount", "vend-internal-")
"""How the SKUs begin of what X-Series makes for itself: discounts, and gift cards."""

PLACEHOLDER = "/images/placeholder/"
"""In the address of the picture that stands for none."""


def item_part(row: Any, terms: Terms, *, costs_told: bool) -> ItemPart | None:
    """Return the part that a row of the catalogue is, one that is `unreadable` where no more than its id and version
    can be read, and None without these. `costs_told`: rows of its page say costs, so that one without a cost has
    none; else our token may not see them."""
    try:
        if isinstance(row, dict) and row.get("deleted_at") not in (None, ""):
            gone = TombstoneRow.model_validate(row)
            return _tombstone(gone.id, gone.version, parent_of(row))
        found = ProductRow.model_validate(row)
    except ValidationError as error:
        return _unreadable(row, complaint(error))
    if found.id == terms.discount_product or found.sku.startswith(OWN_PRODUCTS):
        return _tombstone(found.id, found.version, found.variant_parent_id)
    return ItemPart(
        MemberId(found.id),
        found.version,
        _parent(found.variant_parent_id),
        fields=_fields(found, terms, costs_told=costs_told),
        untouched=_untouched(row),
    )


def _unreadable(row: Any, why: str) -> ItemPart | None:
    member, version = id_of(row), version_of(row)
    if member is None or version is None:
        return None
    log.error("a product of the POS cannot be read", extra={"member": member, "why": why})
    fields = MemberFields(unreadable=why)
    return ItemPart(MemberId(member), version, _parent(parent_of(row)), fields=fields)


def _untouched(row: Any) -> bool:
    made, changed = row.get("created_at"), row.get("updated_at")
    return isinstance(made, str) and made != "" and made == changed


def _tombstone(member: str, version: int, parent: str | None) -> ItemPart:
    return ItemPart(MemberId(member), version, _parent(parent), deleted=True)


def _parent(parent: str | None) -> MemberId | None:
    return MemberId(parent) if parent is not None else None


def _fields(row: ProductRow, terms: Terms, *, costs_told: bool) -> MemberFields:
    supplied = (each.code for each in row.product_suppliers[:1])
    active = row.is_active if row.is_active is not None else row.active
    return MemberFields(
        name=row.name,
        sku=row.sku,
        product_number=row.supplier_code or next(supplied, ""),
        description=row.description,
        department=_named(row.type) or _named(row.product_category),
        vendor=_named(row.supplier),
        brand=_named(row.brand),
        price=price_of(row.price_including_tax, row.price_excluding_tax, terms),
        cost=row.supply_price,
        barcodes=barcodes(row.product_codes),
        track_stock=row.has_inventory and not row.is_composite,
        active=active is not False,
        weight=_kilograms(row),
        images=tuple(each.url for each in row.images if _is_picture(each.url)),
        options=_options(row),
        unknown=NEVER_HAD if costs_told else NEVER_HAD | {"cost"},
    )


def _named(row: NamedRow | None) -> Named | None:
    # One without a name is asked for by its id (PosSource.names).
    if row is None or row.deleted_at:
        return None
    return Named(row.id, row.name) if row.id or row.name.strip() else None


def _is_picture(url: str) -> bool:
    return url.strip() != "" and PLACEHOLDER not in url


def _kilograms(row: ProductRow) -> Decimal | None:
    unit = KILOGRAMS.get(row.weight_unit.strip().upper())
    return None if row.weight is None or unit is None else row.weight * unit


def _options(row: ProductRow) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for option in row.variant_options:
        if found.setdefault(option.name, option.value) != option.value:
            log.warning("an attribute of a variant has two values", extra={"member": row.id})
    return tuple(found.items())


def barcodes(codes: Iterable[CodeRow]) -> Barcodes:
    """Return the two barcodes that BigCommerce has room for: the first UPC, and the first other one that is a number.
    A CUSTOM code is a SKU."""
    upc = gtin = ""
    for each in codes:
        code, kind = each.code.strip(), each.type.strip().upper()
        if kind == "UPC":
            upc = upc or code
        elif kind in ("EAN", "JAN", "ISBN", "ITF") and code.isascii() and code.isdigit():
            gtin = gtin or code
    return Barcodes(upc, gtin)


def level_part(row: Any) -> LevelPart | None:
    """Return the part that a row of stock is, a level that is unknown where its count cannot be read, and None where
    nobody could say what it counts."""
    try:
        found = LevelRow.model_validate(row)
    except ValidationError as error:
        return _unknown(row, complaint(error))
    return LevelPart(
        MemberId(found.product_id),
        found.outlet_id,
        found.version,
        found.current_inventory_level if found.deleted_at is None else Decimal(0),
        deleted=found.deleted_at is not None,
    )


def _unknown(row: Any, why: str) -> LevelPart | None:
    try:
        key = LevelKeyRow.model_validate(row)
    except ValidationError:
        return None
    log.error("a level of the POS cannot be read", extra={"member": key.product_id, "why": why})
    return LevelPart(MemberId(key.product_id), key.outlet_id, key.version, deleted=True)
