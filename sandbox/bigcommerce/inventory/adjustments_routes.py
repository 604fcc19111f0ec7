"""/inventory/adjustments: absolute and relative adjustments of levels."""

from sandbox.bigcommerce.calls.call import Answer, Call, Operation
from sandbox.bigcommerce.inventory.adjustments import accept


def put_absolute(call: Call) -> Answer:
    """PUT levels: at most 2,000 items, all accepted or none."""
    return Answer(200, {"transaction_id": accept(call, call.json(), relative=False)})


def post_relative(call: Call) -> Answer:
    """POST changes of levels: each needs an absolute level first."""
    return Answer(200, {"transaction_id": accept(call, call.json(), relative=True)})


SCOPE = "store_inventory"
OPERATIONS = (
    Operation("PUT", "/inventory/adjustments/absolute", SCOPE, put_absolute),
    Operation("POST", "/inventory/adjustments/relative", SCOPE, post_relative),
)
