"""Cursors of lists: text that is handed out, and comes back from anybody."""

import base64
import binascii
import json
from dataclasses import dataclass

from tillbridge.adapters.dynamodb.keys import LONGEST_SORT_KEY, short
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


def place_of(what: tuple[str, ...], cursor: str, *, begins: str | None = None) -> Place:
    """Return the place of a cursor. `begins`: of a list that is read by its own keys, what these begin with; None:
    it is read by an index, whose places have the key of a row, too. Raise BadCursor for one that cannot be read,
    is of another list, or names a place that cannot be in it."""
    if len(cursor) > LONGEST:
        raise BadCursor(cursor[:LONGEST])
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        name, order, row = json.loads(base64.b64decode(padded, b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError, TypeError) as why:
        raise BadCursor(cursor) from why
    named = (order,) if begins is not None else (order, row)
    if name != _name(what) or not all(map(_is_key, named)) or not order.startswith(begins or ""):
        raise BadCursor(cursor)
    return Place(*named)


def _is_key(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        return 0 < len(text.encode()) <= LONGEST_SORT_KEY
    except UnicodeEncodeError:  # half a character
        return False


def _name(what: tuple[str, ...]) -> str:
    return short("\x1f".join(what))
