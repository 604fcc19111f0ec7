"""The deprecated /v2/products, as far as the official Python client needs it."""

import math
from typing import Any

from sandbox.bigcommerce.calls.call import Answer, Call, Operation
from sandbox.bigcommerce.calls.errors import Refusal
from sandbox.bigcommerce.calls.paging import page_of
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.product_views import product_view
from sandbox.bigcommerce.catalog.products import create_product, update_product


def v2_error(status: int, message: str) -> Refusal:
    """Build a v2 refusal: an array of status and message."""
    return Refusal(status, [{"status": status, "message": message}])


def _view(view: dict[str, Any]) -> dict[str, Any]:
    """Return a product as v2 has it: money as text with four places."""
    money = ("price", "cost_price", "retail_price", "sale_price", "calculated_price", "weight")
    return {**view, **{name: f"{view[name]:.4f}" for name in money}}


def list_v2(call: Call) -> Answer:
    """GET /v2/products, a bare array; 204 past the last page."""
    page, limit = page_of(call)
    rows = call.store.db.all(
        "SELECT * FROM products ORDER BY id LIMIT ? OFFSET ?", (limit, (page - 1) * limit)
    )
    if not rows:
        return Answer(204)
    return Answer(200, [_view(product_view(row)) for row in rows])


def get_v2(call: Call) -> Answer:
    """GET one product."""
    return Answer(200, _one(call, call.params["product_id"]))


def post_v2(call: Call) -> Answer:
    """POST one product; v2 takes numbers as text."""
    return Answer(201, _one(call, create_product(call, _numbers(call.json()))))


def put_v2(call: Call) -> Answer:
    """PUT one product."""
    update_product(call, call.params["product_id"], _numbers(call.json()))
    return Answer(200, _one(call, call.params["product_id"]))


def _one(call: Call, product_id: int) -> dict[str, Any]:
    try:
        return _view(product_view(product_row(call, product_id)))
    except Refusal as refusal:
        raise v2_error(404, "The requested resource was not found.") from refusal


def _numbers(payload: Any) -> Any:
    if not isinstance(payload, dict):
        raise v2_error(400, "The request body is invalid.")
    money = ("price", "cost_price", "retail_price", "sale_price", "weight")
    return {
        name: _number(value) if name in money and isinstance(value, str) else value
        for name, value in payload.items()
    }


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise v2_error(400, "The request body is invalid.") from error
    if not math.isfinite(number):
        raise v2_error(400, "The request body is invalid.")
    return number


SCOPE = "store_v2_products"
LIST = "/products"
ONE = "/products/{product_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_v2, "v2"),
    Operation("POST", LIST, SCOPE, post_v2, "v2"),
    Operation("GET", ONE, SCOPE, get_v2, "v2"),
    Operation("PUT", ONE, SCOPE, put_v2, "v2"),
)
