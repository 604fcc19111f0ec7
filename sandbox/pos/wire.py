"""Records as the JSON of the POS API (contracts/pos-api.openapi.yaml)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from decimal import Decimal
from typing import Any

from sandbox.pos.model import Barcode, Level, Named, Product, Variant
from sandbox.pos.numbers import money_text, quantity_text
from sandbox.pos.plain_fields import plain_json

type Json = dict[str, Any]

RECORD_KEYS = frozenset(field.name for kind in (Product, Variant) for field in fields(kind))
"""Every key of a product's or a variant's record, which are those of the classes."""


def product_json(product: Product) -> Json:
    """Return a product, or its tombstone, as `GET /v1/products` shows it."""
    return {
        "id": product.id,
        "version": product.version,
        "updated_at": product.updated_at,
        "deleted_at": product.deleted_at,
        "sku": product.sku,
        **plain_json(product),
        "external_ids": dict(product.external_ids),
        "name": product.name,
        "description_html": product.description_html,
        "department": _reference(product.department),
        "vendor": _reference(product.vendor),
        "price": money_text(product.price),
        "cost": _money(product.cost),
        "currency": product.currency,
        "barcodes": _barcodes(product.barcodes),
        "track_stock": product.track_stock,
        "stock": [level_json(level) for level in product.stock],
        "weight": None if product.weight is None else quantity_text(product.weight),
        "dimensions": _dimensions(product.dimensions),
        "images": [{"url": url} for url in product.images],
        "options": [
            {"name": option.name, "values": list(option.values)} for option in product.options
        ],
        "variants": [variant_json(variant) for variant in product.variants],
        "active": product.active,
    }


def variant_json(variant: Variant) -> Json:
    """Return a variant as its product's record shows it."""
    return {
        "id": variant.id,
        "sku": variant.sku,
        **plain_json(variant),
        "price": _money(variant.price),
        "cost": _money(variant.cost),
        "barcodes": _barcodes(variant.barcodes),
        "option_values": [{"name": name, "value": value} for name, value in variant.option_values],
        "stock": [level_json(level) for level in variant.stock],
    }


def without(record: Json, keys: Collection[str]) -> Json:
    """Return a record without some keys, in its variants as well."""
    kept = {key: value for key, value in record.items() if key not in keys}
    if "variants" in kept:
        kept["variants"] = [without(variant, keys) for variant in kept["variants"]]
    return kept


def level_json(level: Level) -> Json:
    """Return the stock of one unit at one outlet."""
    return {
        "outlet_id": level.outlet_id,
        "on_hand": quantity_text(level.on_hand),
        "committed": quantity_text(level.committed),
        "version": level.version,
    }


def named_json(named: Named) -> Json:
    """Return a department or a vendor with its version."""
    return {"id": named.id, "name": named.name, "version": named.version}


def _reference(named: Named | None) -> Json | None:
    return None if named is None else {"id": named.id, "name": named.name}


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else money_text(amount)


def _barcodes(barcodes: tuple[Barcode, ...]) -> list[Json]:
    return [{"type": barcode.type, "code": barcode.code} for barcode in barcodes]


def _dimensions(sizes: tuple[Decimal, Decimal, Decimal] | None) -> Json | None:
    if sizes is None:
        return None
    return dict(zip(("width", "height", "depth"), map(quantity_text, sizes), strict=True))
