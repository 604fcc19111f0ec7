"""Products in the deprecated v2, as far as the official Python client needs them."""

import math
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import Refusal
from sandbox.bigcommerce.calls.paging import page_of
from sandbox.bigcommerce.catalog.lookup import product_row
from sandbox.bigcommerce.catalog.product_views import product_view


def v2_error(status: int, message: str) -> Refusal:
    """Build a v2 refusal: an array of status and message."""
    return Refusal(status, [{"status": status, "message": message}])


def _view(view: dict[str, Any]) -> dict[str, Any]:
    """Return a product as v2 has it: money as text with four places."""
    money = ("price", "cost_price", "retail_price", "sale_price", "calculated_price", "weight")
    return {**view, **{name: f"{view[name]:.4f}" for name in money}}


def v2_page(call: Call) -> list[dict[str, Any]]:
    """Return the requested page of products, by id."""
    page, limit = page_of(call)
    rows = call.store.db.all(
        "SELECT * FROM products ORDER BY id LIMIT ? OFFSET ?", (limit, (page - 1) * limit)
    )
    return [_view(product_view(row)) for row in rows]


def v2_product(call: Call, product_id: int) -> dict[str, Any]:
    """Return one product. Raises Refusal 404."""
    try:
        return _view(product_view(product_row(call, product_id)))
    except Refusal as refusal:
        raise v2_error(404, "The requested resource was not found.") from refusal


def with_numbers(payload: Any) -> dict[str, Any]:
    """Return the payload with its texts as numbers, since v2 takes numbers as text. Raises Refusal 400."""
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
