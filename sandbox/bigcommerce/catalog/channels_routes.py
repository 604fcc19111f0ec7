"""/channels."""

from sandbox.bigcommerce.calls.call import PAGED, Answer, Call, Operation, found
from sandbox.bigcommerce.calls.paging import paged
from sandbox.bigcommerce.catalog.channels import (
    CHOICES,
    channel_row,
    channel_view,
    channels_found,
)


def list_channels(call: Call) -> Answer:
    """GET /channels, by type:in, platform:in and status:in."""
    call.only(PAGED | {f"{name}:in" for name in CHOICES})
    return paged(call, channels_found(call))


def get_channel(call: Call) -> Answer:
    """GET one channel."""
    call.only(())
    return found(channel_view(channel_row(call, call.params["channel_id"])))


SCOPE = "store_channel_settings_read_only"
OPERATIONS = (
    Operation("GET", "/channels", SCOPE, list_channels),
    Operation("GET", "/channels/{channel_id}", SCOPE, get_channel),
)
