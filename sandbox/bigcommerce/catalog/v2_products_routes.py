"""The deprecated /v2/products."""

from sandbox.bigcommerce.calls.call import Answer, Call, Operation
from sandbox.bigcommerce.catalog.products import create_product, update_product
from sandbox.bigcommerce.catalog.v2_products import v2_page, v2_product, with_numbers


def list_v2(call: Call) -> Answer:
    """GET /v2/products: a bare array, 204 past the last page."""
    views = v2_page(call)
    return Answer(200, views) if views else Answer(204)


def get_v2(call: Call) -> Answer:
    """GET one product."""
    return Answer(200, v2_product(call, call.params["product_id"]))


def post_v2(call: Call) -> Answer:
    """POST one product; v2 takes numbers as text."""
    return Answer(201, v2_product(call, create_product(call, with_numbers(call.json()))))


def put_v2(call: Call) -> Answer:
    """PUT one product."""
    update_product(call, call.params["product_id"], with_numbers(call.json()))
    return Answer(200, v2_product(call, call.params["product_id"]))


SCOPE = "store_v2_products"
LIST = "/products"
ONE = "/products/{product_id}"
OPERATIONS = (
    Operation("GET", LIST, SCOPE, list_v2, "v2"),
    Operation("POST", LIST, SCOPE, post_v2, "v2"),
    Operation("GET", ONE, SCOPE, get_v2, "v2"),
    Operation("PUT", ONE, SCOPE, put_v2, "v2"),
)
