"""/catalog/products/{product_id}/custom-fields."""

import sqlite3

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.catalog.custom_fields import (
    ENDPOINT,
    create_custom_field,
    custom_field_view,
    custom_field_views,
    update_custom_field,
)
from sandbox.bigcommerce.catalog.lookup import child_row, product_row
from sandbox.bigcommerce.catalog.modified import delete_part


def list_custom_fields(call: Call) -> Answer:
    """GET the custom fields of a product."""
    call.only(LISTED)
    return paged(call, custom_field_views(call, product_row(call, call.params["product_id"])["id"]))


def post_custom_field(call: Call) -> Answer:
    """POST one custom field."""
    product_id = product_row(call, call.params["product_id"])["id"]
    field_id = create_custom_field(call, product_id, call.json())
    return found(custom_field_view(child_row(call, "custom_fields", product_id, field_id)))


def get_custom_field(call: Call) -> Answer:
    """GET one custom field."""
    call.only(SHOWN)
    return found(custom_field_view(_row(call)))


def put_custom_field(call: Call) -> Answer:
    """PUT one custom field."""
    update_custom_field(call, _row(call), call.json())
    return found(custom_field_view(_row(call)))


def remove_custom_field(call: Call) -> Answer:
    """DELETE one custom field."""
    delete_part(call, "custom_fields", _row(call))
    return Answer(204)


def _row(call: Call) -> sqlite3.Row:
    return child_row(
        call, "custom_fields", call.params["product_id"], call.params["custom_field_id"]
    )


SCOPE = "store_v2_products"
ONE = ENDPOINT + "/{custom_field_id}"
OPERATIONS = (
    Operation("GET", ENDPOINT, SCOPE, list_custom_fields),
    Operation("POST", ENDPOINT, SCOPE, post_custom_field),
    Operation("GET", ONE, SCOPE, get_custom_field),
    Operation("PUT", ONE, SCOPE, put_custom_field),
    Operation("DELETE", ONE, SCOPE, remove_custom_field),
)
