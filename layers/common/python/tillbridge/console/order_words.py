"""Web orders in words, with icon and colour."""

from collections.abc import Mapping

from tillbridge.console.words import Status
from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.domain.web_orders.told_to_people import Ways, how_far, is_late, what_to_do

HERE = Ways("Then tell the POS again.", "say so here")
"""How people go on, on the page of an order."""

_THERE = Ways("Then tell the POS again.", "say so on its page")
"""How they go on from a list: there."""

_LOOKS: Mapping[LaneState, tuple[str, str]] = {
    LaneState.BOOKED: ("tick", "ok"),
    LaneState.BY_HAND: ("tick", "ok"),
    LaneState.IGNORED: ("ring", "soft"),
    LaneState.FAILED: ("triangle", "bad"),
}

SAID: Mapping[str, str] = {
    "retry": "The POS is told of this order again. What it answers shows here in a moment.",
    "take": "The order is read now, and counts if BigCommerce has it. It shows here in a moment.",
    "ack": "The POS is asked what it shows now, and the order ends with that. It shows here in a moment.",
    "not_ticked": "Nothing was done. Tick that the POS has taken the goods off its stock; otherwise they are sold again.",
    "no_number": "That names no web order. Write its number in BigCommerce, such as 231.",
}
"""Messages after a request, by what the address says."""


def order_status(entry: OrderEntry, mode: WebOrderMode, now_ms: int) -> Status:
    """Return how far the POS is with an order."""
    icon, look = _LOOKS.get(entry.state, ("clock", "warn"))
    if is_late(entry, mode, now_ms):
        icon, look = "triangle", "bad"
    words = how_far(entry, mode, now_ms)
    return Status(words[:1].upper() + words[1:], icon, look)


def to_do(entry: OrderEntry, mode: WebOrderMode, now_ms: int) -> str:
    """Return what a person has to do about an order; "" for nothing."""
    words = what_to_do(entry, mode, now_ms, _THERE)
    return "" if words.startswith("Nothing") or mode is WebOrderMode.OFF else words


def happened(line: ProductLine) -> str:
    """Return what a line of history tells of an order."""
    units = line.order.units if line.order else 0
    if line.did is Did.BOOKED:
        return f"The POS had booked {units}"
    return f"It was found to owe {units}"
