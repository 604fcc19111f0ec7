"""Dead letters: messages that nobody could work on. Whose they are, and where each may go again."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tillbridge.domain.ids import StoreId

HIDDEN_S = 120
"""Seconds for which a dead letter that somebody reads is hidden from others."""

KEPT_DAYS = 14
"""How long a dead-letter queue keeps its messages; a test holds the template to it."""

_STORE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Box(StrEnum):
    """The dead-letter queues, by what the name of the queue that they belong to ends in."""

    POS_EVENTS = "pos-events"
    CLAIM_PARTS = "claim-parts"
    WAKES = "wakes"
    STORE_WORK = "store-work"
    ORDERS = "orders"
    REQUESTS = "requests"
    IMPORTS = "imports"
    RECONCILE = "reconcile"
    POS_POLLS = "pos-polls"
    UNDELIVERED = "undelivered"


IN_LINES = frozenset({Box.STORE_WORK, Box.ORDERS, Box.IMPORTS, Box.RECONCILE, Box.POS_POLLS})
"""Those of FIFO queues."""

SHOWN = {
    Box.POS_EVENTS: "Events",
    Box.CLAIM_PARTS: "Parts of large events",
    Box.WAKES: "Wakes",
    Box.STORE_WORK: "Signals to push",
    Box.ORDERS: "Signals to tell the POS of web orders",
    Box.REQUESTS: "Requests of people",
    Box.IMPORTS: "Batches of imports",
    Box.RECONCILE: "Comparisons",
    Box.POS_POLLS: "Polls of a POS",
    Box.UNDELIVERED: "Not delivered",
}
"""What people call the queues."""

_NOT_SAID = {
    Box.POS_EVENTS: "intake",
    Box.CLAIM_PARTS: "intake",
    Box.WAKES: "intake",
    Box.STORE_WORK: "push",
    Box.ORDERS: "orders",
    Box.REQUESTS: "import",
    Box.IMPORTS: "import",
    Box.RECONCILE: "reconcile",
    Box.POS_POLLS: "poll",
}


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message of a dead-letter queue, as it was received: `id` SQS's; `receipt` what it is deleted or shown
    again with; `sent_ms` (epoch ms) and `received` as SQS counts them; `group` of a FIFO queue, else "".
    `meant_for`: of one that EventBridge could not deliver, the queue of ours that it was for; None: a function,
    or nobody knows."""

    box: Box
    id: str
    receipt: str
    body: str
    sent_ms: int
    received: int
    reason: str = ""
    group: str = ""
    meant_for: Box | None = None


def store_of(letter: DeadLetter) -> StoreId | None:
    """Return the store that a dead letter is about; None where it names none, or more than one."""
    named = set(_stores(_decoded(letter.body)))
    if letter.box in IN_LINES:
        named.add(letter.group)
    if len(named) != 1:
        return None
    name = named.pop()
    return StoreId(name) if _STORE.fullmatch(name) else None


def goes_to(letter: DeadLetter) -> Box | None:
    """Return the queue that a dead letter is sent to again; None where sending it again does nothing."""
    if letter.box is Box.UNDELIVERED:
        return letter.meant_for
    # Reconcile hears people's requests from the bus itself, and a poll is begun anew each minute.
    begun_otherwise = letter.box is Box.POS_POLLS or kind_of(letter) == "reconcile.requested"
    return None if begun_otherwise else letter.box


def kind_of(letter: DeadLetter) -> str:
    """Return the type of the event that a dead letter is; "" of what is none."""
    found = _decoded(letter.body)
    kind = found.get("detail-type") if isinstance(found, dict) else None
    return kind[:60] if isinstance(kind, str) else ""


def why_there(letter: DeadLetter) -> str:
    """Return for whom it was, and why nobody could work on it."""
    if letter.reason:
        return letter.reason
    if letter.box is Box.UNDELIVERED:
        return "It could not be delivered, or the function that it was for failed on it."
    return (
        "It was received as often as its queue allows, and its work never ended. The log of the function "
        f"{_NOT_SAID[letter.box]} says why."
    )


def instead(letter: DeadLetter) -> str:
    """Return what to do with one that cannot be sent again; "" where it can."""
    if goes_to(letter) is not None:
        return ""
    if kind_of(letter) == "reconcile.requested":
        return "Ask for the comparison again, then discard this."
    if letter.box is Box.POS_POLLS:
        return "A new poll begins each minute: discard this once `tillbridge pos status` shows a good one."
    return (
        "It cannot be sent again from here. What a schedule begins, it begins again by itself: discard it then. "
        "What a person asked for is asked for again."
    )


def readable(body: str, most: int) -> tuple[str, int]:
    """Return the first `most` characters of a body as people read it, and how many more there are. JSON is set
    out in lines where those say exactly the same."""
    if len(body) <= most:
        try:
            text = next(_set_out(body), body)
        except RecursionError:  # nested too deeply
            text = body
        if len(text) <= most:
            return text, 0
    return body[:most], max(0, len(body) - most)


def _set_out(body: str) -> Iterator[str]:
    value = _decoded(body)
    if not isinstance(value, dict | list):
        return
    # Numbers such as 1.10, or a name that comes twice, would not be written again as they came.
    for ascii_only in (True, False):
        for separators in ((", ", ": "), (",", ":")):
            if json.dumps(value, ensure_ascii=ascii_only, separators=separators) == body.strip():
                yield json.dumps(value, ensure_ascii=ascii_only, indent=2)


def _stores(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    if isinstance(value.get("later"), str):  # a message of an import that was to wait
        yield from _stores(_decoded(value["later"]))
    if "store_id" in value:
        yield _name(value["store_id"])
    detail = value.get("detail")
    metadata = detail.get("metadata") if isinstance(detail, dict) else None
    if isinstance(metadata, dict) and "store_id" in metadata:
        yield _name(metadata["store_id"])


def _name(value: object) -> str:
    return value if isinstance(value, str) else "no name"


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
