"""Cursors of lists: text that is handed out, and comes back from anybody."""

import base64
import binascii
import json
from dataclasses import dataclass

from tillbridge.adapters.dynamodb.keys import short
from tillbridge.domain.errors import BadCursor

LONGEST = 4_000
"""Characters of a cursor: two keys of 1,024 bytes each, in base64."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list, by what its rows are ordered by and, where two are equal, by the key of the row. It
    names no partition: that comes from the list which is asked for."""

    order: str
    row: str = ""


def cursor_of(what: tuple[str, ...], place: Place) -> str:
    """Return the cursor of a place in the list that `what` names."""
    packed = json.dumps([_name(what), place.order, place.row], ensure_ascii=False)
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def place_of(what: tuple[str, ...], cursor: str) -> Place:
    """Return the place of a cursor. Raise BadCursor for one that cannot be read, or is of another list."""
    if len(cursor) > LONGEST:
        raise BadCursor(cursor[:LONGEST])
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        name, order, row = json.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError, TypeError) as why:
        raise BadCursor(cursor) from why
    if name != _name(what) or not isinstance(order, str) or not isinstance(row, str) or not order:
        raise BadCursor(cursor)
    return Place(order, row)


def _name(what: tuple[str, ...]) -> str:
    return short("\x1f".join(what))
