"""A member of a family as `GET /products` shows it; keys are left out when empty (fact 15)."""

import re

from sandbox.lightspeed_x.state.account import UNDATED, Account
from sandbox.lightspeed_x.state.config import COST
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.rows import ProductRow
from sandbox.lightspeed_x.wire.codes import codes_json
from sandbox.lightspeed_x.wire.json_text import Json
from sandbox.lightspeed_x.wire.names_json import cost_of, names_json
from sandbox.lightspeed_x.wire.prices import both_prices

_MAY_BE_NULL = (
    "brand_id",
    "deleted_at",
    "description",
    "product_type_id",
    "source_id",
    "supplier_code",
    "supplier_id",
    "variant_parent_id",
    "weight",
)
PLACEHOLDER = "https://secure.lightspeed.example/images/placeholder/product/no-image.png"


def product_json(account: Account, row: ProductRow, wire: str, scopes: frozenset[str]) -> Json:
    """Return a row on the wire of a version, as a token with these scopes sees it."""
    record, variant = row.record, row.variant
    price = record.price if variant is None or variant.price is None else variant.price
    excluding, including = both_prices(price, account.config)
    shown: Json = {
        "id": row.id,
        "name": record.name,
        "variant_name": _variant_name(row),
        "handle": _handle(record.name),
        "sku": row.sku,
        "active": record.active,
        "is_active": record.active,
        "has_inventory": record.track_stock,
        "is_composite": False,
        "has_variants": variant is not None and row.id == row.root_id,
        "variant_options": _options(account, row),
        "button_order": 0,
        "source": "USER",
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "version": row.version,
        "price_including_tax": including,
        "price_excluding_tax": excluding,
        "tag_ids": [],
        "categories": [],
        "attributes": [],
        "product_codes": codes_json(row),
    }
    with_cost = COST in scopes
    shown |= names_json(account, row, with_cost=with_cost) | _images(account, row) | _sizes(row)
    if with_cost:
        # Without the scope the key is missing, which is not a blank (fact 8).
        shown["supply_price"] = cost_of(row) or 0
    optional: Json = {
        "description": record.description_html,
        "source_id": record.external_ids.get("source_id"),
        "deleted_at": row.deleted_at,
        "variant_parent_id": None if row.id == row.root_id else row.root_id,
        "variant_count": row.siblings if variant is not None and row.id == row.root_id else None,
    }
    shown |= {key: value for key, value in optional.items() if value}
    if account.hazards.plan.nulls:
        shown = dict.fromkeys(_MAY_BE_NULL) | {k: None if v == {} else v for k, v in shown.items()}
    return _dated(shown, row, wire)


def _dated(shown: Json, row: ProductRow, wire: str) -> Json:
    """Return a row as the wire of a version has it: 2026-10 knows families, and codes only."""
    if wire in UNDATED:
        return shown
    shown["family_id"] = made_id("family", row.record.id)
    if wire == "2026-07":
        return shown
    gone = {"sku", "variant_parent_id", "has_variants", "variant_count", "handle"}
    return {key: value for key, value in shown.items() if key not in gone}


def _variant_name(row: ProductRow) -> str:
    values = [value for _, value in row.variant.option_values] if row.variant else []
    return " / ".join([row.record.name, *values])


def _handle(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold()) or "product"


def _options(account: Account, row: ProductRow) -> list[Json]:
    if row.variant is None:
        return []
    return [
        {"id": account.names.attributes.ensure(name).id, "name": name, "value": value}
        for name, value in row.variant.option_values
    ]


def _images(account: Account, row: ProductRow) -> Json:
    urls = row.record.images
    first = urls[0] if urls else PLACEHOLDER
    images: list[Json] = []
    for url in urls:
        image: Json = {"id": made_id("image", row.record.id, url), "url": url}
        version = account.images.version(row.record.id, url)
        if version is not None:
            image["version"] = version
        images.append(image)
    return {"images": images, "image_url": first, "image_thumbnail_url": first}


def _sizes(row: ProductRow) -> Json:
    shown: Json = {}
    if row.record.weight is not None:
        shown |= {"weight": row.record.weight, "weight_unit": "KG"}
    if row.record.dimensions is not None:
        width, height, depth = row.record.dimensions
        shown |= {"width": width, "height": height, "length": depth, "dimensions_unit": "CM"}
    return shown
