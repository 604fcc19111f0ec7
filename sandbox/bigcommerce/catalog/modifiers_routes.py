"""/catalog/products/{product_id}/modifiers."""

import sqlite3

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.catalog.lookup import child_row, product_row
from sandbox.bigcommerce.catalog.modified import delete_part
from sandbox.bigcommerce.catalog.modifiers import (
    create_modifier,
    modifier_view,
    modifier_views,
    update_modifier,
)


def list_modifiers(call: Call) -> Answer:
    """GET the modifiers of a product."""
    call.only(LISTED)
    return paged(call, modifier_views(call, product_row(call, call.params["product_id"])["id"]))


def post_modifier(call: Call) -> Answer:
    """POST one modifier with its values."""
    product_id = product_row(call, call.params["product_id"])["id"]
    modifier_id = create_modifier(call, product_id, call.json())
    return found(modifier_view(child_row(call, "modifiers", product_id, modifier_id)))


def get_modifier(call: Call) -> Answer:
    """GET one modifier."""
    call.only(SHOWN)
    return found(modifier_view(_row(call)))


def put_modifier(call: Call) -> Answer:
    """PUT one modifier; its values are not replaced."""
    update_modifier(call, _row(call), call.json())
    return found(modifier_view(_row(call)))


def remove_modifier(call: Call) -> Answer:
    """DELETE one modifier."""
    delete_part(call, "modifiers", _row(call))
    return Answer(204)


def _row(call: Call) -> sqlite3.Row:
    return child_row(call, "modifiers", call.params["product_id"], call.params["modifier_id"])


SCOPE = "store_v2_products"
LIST = "/catalog/products/{product_id}/modifiers"
ONE = LIST + "/{modifier_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_modifiers),
    Operation("POST", LIST, SCOPE, post_modifier),
    Operation("GET", ONE, SCOPE, get_modifier),
    Operation("PUT", ONE, SCOPE, put_modifier),
    Operation("DELETE", ONE, SCOPE, remove_modifier),
)
