"""/v2/store, and /v2/time, a ping that proves the token."""

from sandbox.bigcommerce.calls.call import Answer, Call, Operation
from sandbox.bigcommerce.server.store_info import store_info
from sandbox.bigcommerce.state import clock


def get_store(call: Call) -> Answer:
    """GET the store's units and currency."""
    return Answer(200, store_info(call))


def get_time(_call: Call) -> Answer:
    """GET the time, in seconds."""
    return Answer(200, {"time": int(clock.now())})


SCOPE = "store_v2_information_read_only"
OPERATIONS = (
    Operation("GET", "/store", SCOPE, get_store, "v2"),
    Operation("GET", "/time", "", get_time, "v2"),
)
