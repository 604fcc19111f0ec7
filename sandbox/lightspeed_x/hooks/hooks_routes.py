"""/webhooks."""

from sandbox.lightspeed_x.calls.call import Operation
from sandbox.lightspeed_x.calls.versions import DATED
from sandbox.lightspeed_x.hooks import subscribing

SCOPE = "webhooks"
ONE = "/webhooks/{webhook_id}"

OPERATIONS = (
    Operation("GET", "/webhooks", SCOPE, subscribing.list_hooks, wires=DATED),
    Operation("POST", "/webhooks", SCOPE, subscribing.post_hook, wires=DATED),
    Operation("GET", ONE, SCOPE, subscribing.get_hook, wires=DATED),
    Operation("PUT", ONE, SCOPE, subscribing.put_hook, wires=DATED),
    Operation("DELETE", ONE, SCOPE, subscribing.delete_hook, wires=DATED),
)
