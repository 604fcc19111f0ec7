"""The channels of a store."""

import json
import sqlite3
from typing import Any

from sandbox.bigcommerce.calls.call import Call
from sandbox.bigcommerce.calls.errors import not_found, refuse

# The documented values of each filter; empty if any text is allowed (channels.v3.yml).
CHOICES: dict[str, frozenset[str]] = {
    "type": frozenset({"marketplace", "marketing", "pos", "storefront"}),
    "platform": frozenset(),
    "status": frozenset(
        {"prelaunch", "active", "inactive", "connected", "disconnected", "archived", "deleted",
         "terminated"}
    ),
}  # fmt: skip


def channel_view(row: sqlite3.Row) -> dict[str, Any]:
    """Return a channel as answers show it."""
    return {"id": row["id"], **json.loads(row["body"])}


def channels_found(call: Call) -> list[dict[str, Any]]:
    """Return the channels a query asks for by type:in, platform:in and status:in.

    Raises Refusal 422 for a value that is not documented.
    """
    channels = [
        channel_view(row) for row in call.store.db.all("SELECT * FROM channels ORDER BY id")
    ]
    for name, choices in CHOICES.items():
        wanted = call.strings(f"{name}:in")
        if wanted is not None and choices and not choices.issuperset(wanted):
            raise refuse(422, f"The filter '{name}:in' is invalid.")
        if wanted is not None:
            channels = [channel for channel in channels if channel[name] in wanted]
    return channels


def channel_row(call: Call, channel_id: int) -> sqlite3.Row:
    """Return a channel's row. Raises Refusal 404."""
    row = call.store.db.one("SELECT * FROM channels WHERE id=?", channel_id)
    if row is None:
        raise not_found("The requested channel was not found", call.path)
    return row
