"""The fields that verify compares. A new field is one entry here and nothing else."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from cli.verify import pos_stock
from cli.verify import pos_values as pos
from cli.verify import store_values as web
from cli.verify.field import (
    Field,
    Place,
    money_shown,
    same_html,
    same_money,
    tracking_shown,
    visibility_shown,
    without_case,
)
from cli.verify.model import Json
from cli.verify.pos_values import PosUnit


def _text(label: str, place: Place, key: str) -> Field:
    """Return a text field that has the same key on both sides and no rule of its own."""
    return Field(label, place, lambda unit: pos.text(unit, key), lambda unit: web.text(unit, key))


def _amount(
    label: str,
    in_pos: Callable[[PosUnit], Decimal | None],
    in_store: Callable[[web.StoreUnit], Decimal],
    setting: str = "",
) -> Field:
    return Field(label, Place.BOTH, in_pos, in_store, setting, same_money, money_shown)


def _code(label: str, key: str) -> Field:
    return Field(
        label,
        Place.BOTH,
        lambda unit: pos.code(unit, key),
        lambda unit: web.text(unit, key),
        setting="barcodes",
    )


# BigCommerce finds brands and option values without regard to case and keeps the first spelling.
FIELDS: dict[str, Field] = {
    "options": Field("options", Place.VARIANT, pos.options, web.options, same=without_case),
    "name": Field("name", Place.PRODUCT, pos.name, lambda unit: web.text(unit, "name")),
    "description": Field(
        "description",
        Place.PRODUCT,
        lambda unit: unit.own["description_html"] or "",
        lambda unit: unit.own["description"] or "",
        same=same_html,
    ),
    "sku": Field("SKU", Place.BOTH, pos.sku, lambda unit: web.text(unit, "sku")),
    "price": _amount("price", pos.price, web.price),
    "cost_price": _amount("cost price", pos.cost, web.cost, setting="cost"),
    "brand": Field("brand", Place.PRODUCT, pos.brand, web.brand, same=without_case),
    "visibility": Field(
        "visibility",
        Place.PRODUCT,
        lambda unit: bool(unit.own["active"]),
        lambda unit: bool(unit.own["is_visible"]),
        shown=visibility_shown,
    ),
    "upc": _code("UPC barcode", "upc"),
    "gtin": _code("EAN/GTIN barcode", "gtin"),
    "mpn": _text("manufacturer part number", Place.BOTH, "mpn"),
    "bin_picking_number": _text("bin picking number", Place.BOTH, "bin_picking_number"),
    "condition": Field(
        "condition",
        Place.PRODUCT,
        pos.condition,
        lambda unit: web.text(unit, "condition"),
        same=without_case,
    ),
    "type": Field(
        "type", Place.PRODUCT, pos.type_of, lambda unit: web.text(unit, "type"), same=without_case
    ),
    "tracking": Field(
        "stock tracking",
        Place.PRODUCT,
        pos.tracking,
        lambda unit: unit.own["inventory_tracking"],
        setting="stock",
        shown=tracking_shown,
    ),
    "stock": Field("stock level", Place.BOTH, pos_stock.stock, web.level),
}


def is_forced(setting: str, settings: Json) -> bool:
    """Return whether a setting has every push send its field (mode `on`)."""
    modes = settings.get("fields") or {}
    return bool(modes.get(setting, "on") == "on")


def is_compared(field: str, settings: Json) -> bool:
    """Return whether the store's settings have every push send this field."""
    return is_forced(FIELDS[field].setting or field, settings)


def same(field: str, in_pos: Any, in_store: Any) -> bool:
    """Return whether two values of a field are equal to BigCommerce."""
    return bool(FIELDS[field].same(in_pos, in_store))


def shown(field: str, value: Any) -> str:
    """Return a value as shop staff read it."""
    return FIELDS[field].shown(value)
