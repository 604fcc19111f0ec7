"""Variants: of one product, across the catalogue, and batches of 50."""

import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.projection import project
from sandbox.bigcommerce.calls.validate import is_integer
from sandbox.bigcommerce.catalog.lookup import variant_row
from sandbox.bigcommerce.catalog.partial import partial_answer
from sandbox.bigcommerce.catalog.variant_batches import save_variants
from sandbox.bigcommerce.catalog.variant_lists import (
    Page,
    product_variants_page,
    variants_by_id,
    variants_page,
)
from sandbox.bigcommerce.catalog.variants import create_variant, delete_variant, update_variant

MOST_IN_BATCH = 50
NOT_ANSWERED = frozenset({"mpn", "gtin", "image_url"})


def list_product_variants(call: Call) -> Answer:
    """GET the variants of a product: 50 a page by default, 250 at most."""
    call.only(LISTED)
    return _listed(call, product_variants_page(call, call.params["product_id"]))


def list_all_variants(call: Call) -> Answer:
    """GET /catalog/variants by id, sku, upc or product_id:in; there is no sku:in."""
    call.only(LISTED | {"id", "sku", "upc", "product_id:in"})
    return _listed(call, variants_page(call))


def _listed(call: Call, page: Page) -> Answer:
    views, meta = page
    return found([project(call, view) for view in views], meta)


def put_variants(call: Call) -> Answer:
    """PUT at most 50: an item with an id is a change, one without a create; all or none."""
    ids = save_variants(call, call.array(MOST_IN_BATCH, stop=""))
    # The order of the answer is not documented, so it is not that of the request. The documented
    # answer also lacks some fields of a variant.
    views = variants_by_id(call, ids[::-1])
    return found([{k: v for k, v in view.items() if k not in NOT_ANSWERED} for view in views])


def get_variant(call: Call) -> Answer:
    """GET one variant."""
    call.only(SHOWN)
    return found(project(call, variants_by_id(call, [_row(call)["id"]])[0]))


def post_variant(call: Call) -> Answer:
    """POST one variant."""
    payload, failed = _without_negative_level(call.json())
    variant_id = create_variant(call, call.params["product_id"], payload)
    return _saved(call, variant_id, failed)


def put_variant(call: Call) -> Answer:
    """PUT one variant."""
    row = _row(call)
    payload, failed = _without_negative_level(call.json())
    update_variant(call, row["product_id"], row["id"], payload)
    return _saved(call, row["id"], failed)


def _saved(call: Call, variant_id: int, failed: str) -> Answer:
    view = variants_by_id(call, [variant_id])[0]
    return partial_answer(view, failed) if failed else found(view)


def _without_negative_level(payload: Any) -> tuple[Any, str]:
    """Return a payload without a level below zero, and the name of the part left out."""
    level = payload.get("inventory_level") if isinstance(payload, dict) else None
    if not is_integer(level) or level >= 0:
        return payload, ""
    kept = {name: value for name, value in payload.items() if name != "inventory_level"}
    return kept, "inventory_level"


def remove_variant(call: Call) -> Answer:
    """DELETE one variant."""
    delete_variant(call, call.params["product_id"], call.params["variant_id"])
    return Answer(204)


def post_variant_image(call: Call) -> Answer:
    """POST the one image of a variant, by its address."""
    row = _row(call)
    payload = call.json()
    url = payload.get("image_url") if isinstance(payload, dict) else None
    if not isinstance(url, str):
        raise refuse(422, "image_url must be present if uploading by url")
    update_variant(call, row["product_id"], row["id"], {"image_url": url})
    return found({"image_url": url})


def _row(call: Call) -> sqlite3.Row:
    return variant_row(call, call.params["product_id"], call.params["variant_id"])


SCOPE = "store_v2_products"
LIST = "/catalog/products/{product_id}/variants"
ONE = LIST + "/{variant_id}"
OPERATIONS = (
    Operation("GET", "/catalog/variants", SCOPE, list_all_variants),
    Operation("PUT", "/catalog/variants", SCOPE, put_variants),
    Operation("GET", LIST, SCOPE, list_product_variants),
    Operation("POST", LIST, SCOPE, post_variant),
    Operation("GET", ONE, SCOPE, get_variant),
    Operation("PUT", ONE, SCOPE, put_variant),
    Operation("DELETE", ONE, SCOPE, remove_variant),
    Operation("POST", ONE + "/image", SCOPE, post_variant_image),
)
