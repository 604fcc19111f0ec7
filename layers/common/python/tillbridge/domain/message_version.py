"""The version of our own messages: signals, wakes, parts of events, and what lies in the queues of imports and
runs. A body of the first version does not name it."""

import json

from tillbridge.domain.errors import SavedByNewer

MESSAGE_VERSION = 1
"""The highest version that is read. A body that an older function would read wrongly gets a `v` above it
(docs/adr/0052-a-newer-row-is-refused-alone.md)."""


def refuse_newer_message(body: str) -> None:
    """Raise SavedByNewer for a body of a later release, and for one with a version that is none. What is no
    object in JSON has none."""
    if '"v"' not in body:
        return
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        return
    version = values.get("v", 1) if isinstance(values, dict) else 1
    if type(version) is not int or not 0 < version <= MESSAGE_VERSION:
        raise SavedByNewer("This message", version, MESSAGE_VERSION)
