"""/orders/payment_actions/refunds, and the refunds of one order."""

from sandbox.bigcommerce.calls.call import PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.orders.order_lists import known_order
from sandbox.bigcommerce.orders.refunds import refund_page

FILTERS = PAGED | {"order_id:in", "id:in", "created:min", "created:max"}


def list_refunds(call: Call) -> Answer:
    """GET the refunds of the whole store."""
    call.only(FILTERS)
    return found(*refund_page(call))


def list_order_refunds(call: Call) -> Answer:
    """GET the refunds of one order."""
    call.only(())
    order = known_order(call, call.params["order_id"])
    return found(refund_page(call, order["id"])[0])


SCOPE = "store_v2_orders_read_only"
OPERATIONS = (
    Operation("GET", "/orders/payment_actions/refunds", SCOPE, list_refunds),
    Operation("GET", "/orders/{order_id}/payment_actions/refunds", SCOPE, list_order_refunds),
)
