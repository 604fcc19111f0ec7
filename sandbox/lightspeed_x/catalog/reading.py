"""Reads of products (facts 1 and 2)."""

from sandbox.lightspeed_x.calls.call import Answer, Call
from sandbox.lightspeed_x.calls.paging import page_of, page_size
from sandbox.lightspeed_x.calls.refusal import not_found
from sandbox.lightspeed_x.state.rows import ProductRow
from sandbox.lightspeed_x.wire.product_json import product_json

LOOKED_UP = ("sku", "name", "family_name")


def list_products(call: Call) -> Answer:
    """GET products by version; or those with a SKU or a name, which ignores all else."""
    products = call.account.book.products
    for name in LOOKED_UP:
        if name in call.query:
            return _page(call, _found(call, name, call.query[name]))
    deleted = call.flag("deleted")
    call.flag("include_images")
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
    return Answer(page_of(call, data, [row.version for row in rows]))
