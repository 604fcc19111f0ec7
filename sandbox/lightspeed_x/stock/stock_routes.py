"""/inventory and /inventory_levels."""

from sandbox.lightspeed_x.calls.call import Operation
from sandbox.lightspeed_x.calls.versions import DATED
from sandbox.lightspeed_x.state.account import UNDATED
from sandbox.lightspeed_x.stock import reading

SCOPE = "inventory:read"
QUERY = frozenset({"after", "before", "page_size"})

OPERATIONS = (
    Operation("GET", "/inventory", SCOPE, reading.get_inventory, QUERY, UNDATED),
    Operation("POST", "/inventory", SCOPE, reading.post_inventory, wires=DATED),
    Operation("POST", "/inventory_levels", SCOPE, reading.post_levels, wires=DATED),
)
