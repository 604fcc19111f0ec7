"""/catalog/products/{product_id}/options, and the values below each."""

import sqlite3

from sandbox.bigcommerce.calls.call import LISTED, SHOWN, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.catalog.lookup import child_row, product_row
from sandbox.bigcommerce.catalog.option_values import (
    create_value,
    delete_value,
    update_value,
    value_row,
    value_view,
)
from sandbox.bigcommerce.catalog.options import (
    create_option,
    delete_option,
    option_view,
    option_views,
    update_option,
)


def list_options(call: Call) -> Answer:
    """GET the options of a product."""
    call.only(LISTED)
    return paged(call, option_views(call, product_row(call, call.params["product_id"])["id"]))


def post_option(call: Call) -> Answer:
    """POST one option with its values."""
    product_id = product_row(call, call.params["product_id"])["id"]
    option_id = create_option(call, product_id, call.json())
    return found(option_view(call, product_id, option_id))


def get_option(call: Call) -> Answer:
    """GET one option."""
    call.only(SHOWN)
    return found(option_view(call, call.params["product_id"], call.params["option_id"]))


def put_option(call: Call) -> Answer:
    """PUT one option: its fields; values with an id are changed, others added, none removed."""
    row = _option(call)
    update_option(call, row, call.json())
    return found(option_view(call, row["product_id"], row["id"]))


def remove_option(call: Call) -> Answer:
    """DELETE one option, with every variant that has a value of it."""
    delete_option(call, _option(call))
    return Answer(204)


def list_values(call: Call) -> Answer:
    """GET the values of an option."""
    call.only(LISTED)
    row = _option(call)
    return paged(call, option_view(call, row["product_id"], row["id"])["option_values"])


def post_value(call: Call) -> Answer:
    """POST one value."""
    option = _option(call)
    value_id = create_value(call, option, call.json())
    return found(value_view(value_row(call, option["id"], value_id)))


def get_value(call: Call) -> Answer:
    """GET one value."""
    call.only(SHOWN)
    return found(value_view(_value(call, _option(call))))


def put_value(call: Call) -> Answer:
    """PUT one value."""
    option = _option(call)
    update_value(call, option, _value(call, option), call.json())
    return found(value_view(_value(call, option)))


def remove_value(call: Call) -> Answer:
    """DELETE one value; refused while a variant has it."""
    option = _option(call)
    delete_value(call, option, _value(call, option))
    return Answer(204)


def _option(call: Call) -> sqlite3.Row:
    return child_row(call, "options", call.params["product_id"], call.params["option_id"])


def _value(call: Call, option: sqlite3.Row) -> sqlite3.Row:
    return value_row(call, option["id"], call.params["value_id"])


SCOPE = "store_v2_products"
LIST = "/catalog/products/{product_id}/options"
ONE = LIST + "/{option_id}"
VALUES = ONE + "/values"
VALUE = VALUES + "/{value_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_options),
    Operation("POST", LIST, SCOPE, post_option),
    Operation("GET", ONE, SCOPE, get_option),
    Operation("PUT", ONE, SCOPE, put_option),
    Operation("DELETE", ONE, SCOPE, remove_option),
    Operation("GET", VALUES, SCOPE, list_values),
    Operation("POST", VALUES, SCOPE, post_value),
    Operation("GET", VALUE, SCOPE, get_value),
    Operation("PUT", VALUE, SCOPE, put_value),
    Operation("DELETE", VALUE, SCOPE, remove_value),
)
