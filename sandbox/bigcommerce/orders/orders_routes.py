"""/v2/orders: orders, their lines and their counts; and /v2/order_statuses."""

from sandbox.bigcommerce.calls.call import Answer, Call, Operation
from sandbox.bigcommerce.orders.order_lists import (
    counts_by_status,
    lines_page,
    one_order,
    orders_found,
)
from sandbox.bigcommerce.orders.statuses import status_views


def list_orders(call: Call) -> Answer:
    """GET orders: a bare array, by id unless sorted; 204 if there are none."""
    views = orders_found(call)
    return Answer(200, views) if views else Answer(204)


def get_order(call: Call) -> Answer:
    """GET one order, archived ones too."""
    return Answer(200, one_order(call, call.params["order_id"]))


def list_lines(call: Call) -> Answer:
    """GET the lines of an order: a bare array; 204 past the last page."""
    views = lines_page(call, call.params["order_id"])
    return Answer(200, views) if views else Answer(204)


def count_orders(call: Call) -> Answer:
    """GET the number of orders by status."""
    return Answer(200, counts_by_status(call))


def list_statuses(call: Call) -> Answer:
    """GET all statuses."""
    call.only(())
    return Answer(200, status_views())


SCOPE = "store_v2_orders_read_only"
OPERATIONS = (
    Operation("GET", "/orders", SCOPE, list_orders, "v2"),
    Operation("GET", "/orders/count", SCOPE, count_orders, "v2"),
    Operation("GET", "/orders/{order_id}", SCOPE, get_order, "v2"),
    Operation("GET", "/orders/{order_id}/products", SCOPE, list_lines, "v2"),
    Operation("GET", "/order_statuses", SCOPE, list_statuses, "v2"),
)
