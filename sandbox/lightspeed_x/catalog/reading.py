"""Reads of products (facts 1 and 2)."""

from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.paging import page_of, page_size
from sandbox.lightspeed_x.calls.refusal import Refusal, not_found
from sandbox.lightspeed_x.state.account import UNDATED
from sandbox.lightspeed_x.state.rows import ProductRow
from sandbox.lightspeed_x.wire.product_json import product_json

LOOKED_UP = ("sku", "name", "family_name")
_LATER = ("includes[]", "include_images")
"""Parameters that 2.0 does not have."""
_IMAGES = frozenset({"images", "image_url", "image_thumbnail_url"})


def list_products(call: Call) -> Answer:
    """GET products by version; or those with a SKU or a name, which ignores all else."""
    products = call.account.book.products
    if call.wire in UNDATED and any(name in call.query for name in _LATER):
        raise Refusal(400, "bad_request", f"{call.wire} has no parameter {' or '.join(_LATER)}.")
    for name in LOOKED_UP:
        if name in call.query:
            return _page(call, _found(call, name, call.query[name]))
    deleted = call.flag("deleted")
    rows = products.between(
        call.whole("after", 0) or 0,
        call.whole("before"),
        page_size(call),
        lambda row: deleted or row.deleted_at is None,
    )
    return _page(call, rows)


def get_product(call: Call) -> Answer:
    """GET one member by its id, a tombstone too."""
    row = call.account.book.products.find(call.params["product_id"])
    if row is None:
        raise not_found("The product")
    return Answer({"data": product_json(call.account, row, call.wire, call.scopes)})


def _found(call: Call, name: str, value: str) -> list[ProductRow]:
    wanted = value.strip().casefold()
    return [
        row
        for row in call.account.book.products.every()
        if row.deleted_at is None
        and (row.sku if name == "sku" else row.record.name).strip().casefold() == wanted
    ]


def _page(call: Call, rows: list[ProductRow]) -> Answer:
    data = [product_json(call.account, row, call.wire, call.scopes) for row in rows]
    if "include_images" in call.query and not call.flag("include_images"):
        data = [{key: row[key] for key in row if key not in _IMAGES} for row in data]
    return Answer(page_of(call, data, [row.version for row in rows]))
