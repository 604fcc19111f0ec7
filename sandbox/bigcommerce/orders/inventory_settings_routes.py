"""/settings/inventory."""

from sandbox.bigcommerce.calls.call import Answer, Call, Operation, found
from sandbox.bigcommerce.orders.inventory_settings import settings_shown


def get_settings(call: Call) -> Answer:
    """GET the store's inventory settings, or a channel's own."""
    call.only({"channel_id"})
    return found(settings_shown(call))


OPERATIONS = (
    Operation("GET", "/settings/inventory", "store_v2_information_read_only", get_settings),
)
