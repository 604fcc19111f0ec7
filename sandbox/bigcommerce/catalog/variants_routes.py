"""Variants: of one product, across the catalogue, and batches of 50."""

import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.errors import Refusal, duplicate_variant_sku, invalid_fields, refuse
from sandbox.bigcommerce.calls.paging import page_of, pagination
from sandbox.bigcommerce.calls.projection import project
from sandbox.bigcommerce.calls.validate import is_integer, key_of
from sandbox.bigcommerce.catalog.lookup import product_row, variant_row
from sandbox.bigcommerce.catalog.partial import partial_answer
from sandbox.bigcommerce.catalog.product_views import variant_views
from sandbox.bigcommerce.catalog.variants import create_variant, delete_variant, update_variant
from sandbox.bigcommerce.state.db import marks
from sandbox.bigcommerce.state.transaction import all_or_nothing

MOST_IN_BATCH = 50
WITH_PRODUCT = (
    "SELECT v.*, p.body AS product_body FROM variants v JOIN products p ON p.id = v.product_id"
)


def _views(call: Call, ids: list[int]) -> list[dict[str, Any]]:
    """Return variants in the order of their ids' list."""
    rows = call.store.db.all(f"{WITH_PRODUCT} WHERE v.id IN ({marks(ids)})", ids)
    views = {view["id"]: view for view in variant_views(call.store.db, rows)}
    return [views[variant_id] for variant_id in ids]


def _list(call: Call, where: str, values: list[Any]) -> Answer:
    page, limit = page_of(call)
    db = call.store.db
    total = db.value(f"SELECT COUNT(*) FROM variants v WHERE {where}", *values)  # noqa: S608
    rows: list[sqlite3.Row] = db.all(
        f"{WITH_PRODUCT} WHERE {where} ORDER BY v.id LIMIT ? OFFSET ?",
        (*values, limit, (page - 1) * limit),
    )
    data = [project(call, view) for view in variant_views(db, rows)]
    return found(data, pagination(call, page, limit, len(data), total))


def list_product_variants(call: Call) -> Answer:
    """GET the variants of a product: 50 a page unless asked, 250 at most."""
    call.only(LISTED)
    product = product_row(call, call.params["product_id"])
    if call.store.hazards.strikes("variants-lag", "GET", call.path, call.agent):
        # Just after a create the list may miss what was created (seen in the field).
        newest = "v.id < (SELECT MAX(id) FROM variants WHERE product_id = v.product_id)"
        return _list(call, f"v.product_id = ? AND {newest}", [product["id"]])
    return _list(call, "v.product_id = ?", [product["id"]])


def list_all_variants(call: Call) -> Answer:
    """GET /catalog/variants by id, sku, upc or product_id:in; there is no sku:in.

    A base variant is not found by its SKU: that is the products' filter's to find
    (product-variants_catalog.v3.yml).
    """
    call.only(LISTED | {"id", "sku", "upc", "product_id:in"})
    where, values = ["1"], list[Any]()
    for name, column in (("id", "v.id"), ("product_id:in", "v.product_id")):
        ids = call.integers(name)
        if ids is not None:
            where.append(f"{column} IN ({marks(ids)})")
            values += ids
    if "sku" in call.query:
        where.append("v.sku = ? COLLATE NOCASE AND NOT v.is_base")
        values.append(key_of(call.query["sku"]))
    if "upc" in call.query:
        where.append("v.upc = ?")
        values.append(call.query["upc"])
    return _list(call, " AND ".join(where), values)


def put_variants(call: Call) -> Answer:
    """PUT at most 50: with an id it is a change, without one a create; all or none."""
    items = call.array(MOST_IN_BATCH, stop="")
    hazards = call.store.hazards
    if hazards.strikes("batch-422", call.method, call.path, call.agent):
        raise batch_refusal(refuse(422, "Invalid field(s): price", {"price": "is invalid"}))
    _each_once(items)
    _no_sku_held_before(call, items)
    refusals: list[Refusal] = []
    ids: list[int] = []
    for item in items:
        try:
            ids.append(
                all_or_nothing(call.store, lambda item=item: _put_one(call, item))  # type: ignore[misc]
            )
        except Refusal as refusal:
            refusals.append(refusal)
    if refusals:
        refused = batch_refusal(refusals[0])
        if hazards.strikes("batch-partial", call.method, call.path, call.agent):
            refused.keeps = True
        raise refused
    # In which order the answer lists them is not documented; not that of the request.
    return found(_views(call, ids[::-1]))


def _each_once(items: list[Any]) -> None:
    """Refuse a batch that holds a variant twice: which one wins is not documented."""
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    known = [number for number in ids if is_integer(number)]
    if len(known) > len(set(known)):
        raise batch_refusal(invalid_fields({"id": "a variant may be in a batch once"}))


def _no_sku_held_before(call: Call, items: list[Any]) -> None:
    """Refuse a SKU that another variant or product holds as the batch begins.

    Whether an item may take what another gives up in the same call is not documented. A first
    real variant does take its own product's SKU.
    """
    db = call.store.db
    for item in items:
        sku = item.get("sku") if isinstance(item, dict) else None
        holder = None
        if isinstance(sku, str):
            holder = db.one("SELECT product_id, variant_id FROM skus WHERE sku_key=?", key_of(sku))
        if holder is None:
            continue
        own = item.get("product_id")
        if is_integer(item.get("id")):
            own = db.value("SELECT product_id FROM variants WHERE id=?", item["id"])
        if holder["variant_id"] is None and holder["product_id"] == own:
            continue
        if holder["variant_id"] is None or holder["variant_id"] != item.get("id"):
            raise batch_refusal(duplicate_variant_sku(str(sku)))


def _put_one(call: Call, item: Any) -> int:
    if not isinstance(item, dict):
        raise refuse(422, "JSON data is missing or invalid")
    if "id" not in item:
        product_id = item.get("product_id")
        if not is_integer(product_id):
            raise refuse(422, "Missing Required Fields", {"product_id": "product_id is required"})
        return create_variant(call, product_id, item)
    if not is_integer(item["id"]):
        raise invalid_fields({"id": "id must be an integer"})
    row = call.store.db.one("SELECT product_id FROM variants WHERE id=?", item["id"])
    if row is None:
        raise refuse(404, "The variant was not found")
    update_variant(call, row["product_id"], item["id"], item)
    return int(item["id"])


def batch_refusal(first: Refusal) -> Refusal:
    """Build the 422 of a variant batch: what was wrong first, not with which item."""
    body = {name: value for name, value in first.body.items() if name != "instance"}
    return Refusal(422, {"batch_errors": [body]})


def get_variant(call: Call) -> Answer:
    """GET one variant."""
    call.only(SHOWN)
    return found(project(call, _views(call, [_row(call)["id"]])[0]))


def post_variant(call: Call) -> Answer:
    """POST one variant."""
    payload, failed = _without_negative_level(call.json())
    variant_id = create_variant(call, call.params["product_id"], payload)
    view = _views(call, [variant_id])[0]
    return partial_answer(view, failed) if failed else found(view)


def put_variant(call: Call) -> Answer:
    """PUT one variant."""
    row = _row(call)
    payload, failed = _without_negative_level(call.json())
    update_variant(call, row["product_id"], row["id"], payload)
    view = _views(call, [row["id"]])[0]
    return partial_answer(view, failed) if failed else found(view)


def _without_negative_level(payload: Any) -> tuple[Any, str]:
    """Return a payload without a level below zero, which fails by itself, and that part's name."""
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
