"""/catalog/brands."""

import sqlite3

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.catalog.brands import (
    brand_page,
    brand_row,
    brand_view,
    create_brand,
    delete_brand,
    update_brand,
)


def list_brands(call: Call) -> Answer:
    """GET /catalog/brands, by id, id:in, name or name:like."""
    call.only(LISTED | {"id", "id:in", "name", "name:like", "sort", "direction"})
    rows, meta = brand_page(call)
    return found([brand_view(row) for row in rows], meta)


def post_brand(call: Call) -> Answer:
    """POST /catalog/brands: one a call."""
    return found(brand_view(brand_row(call, create_brand(call, call.json()))))


def get_brand(call: Call) -> Answer:
    """GET one brand."""
    call.only(SHOWN)
    return found(brand_view(_row(call)))


def put_brand(call: Call) -> Answer:
    """PUT one brand; only what is sent changes, and the name has to be sent."""
    update_brand(call, _row(call), call.json())
    return found(brand_view(_row(call)))


def remove_brand(call: Call) -> Answer:
    """DELETE one brand; its products are then without one."""
    delete_brand(call, _row(call))
    return Answer(204)


def _row(call: Call) -> sqlite3.Row:
    return brand_row(call, call.params["brand_id"])


SCOPE = "store_v2_products"
LIST = "/catalog/brands"
ONE = LIST + "/{brand_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_brands),
    Operation("POST", LIST, SCOPE, post_brand),
    Operation("GET", ONE, SCOPE, get_brand),
    Operation("PUT", ONE, SCOPE, put_brand),
    Operation("DELETE", ONE, SCOPE, remove_brand),
)
