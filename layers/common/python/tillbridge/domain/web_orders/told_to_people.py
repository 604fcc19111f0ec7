"""What people read of a web order: how far it is, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.domain.connection import WebOrderMode
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry, is_overdue
from tillbridge.domain.web_orders.owed import Counts
from tillbridge.domain.web_orders.shown import OrderStatus

_HOW_FAR = {
    LaneState.SEEN: "not booked",
    LaneState.ASKED: "the POS was asked, and has not answered",
    LaneState.RECEIVED: "waits in the POS for somebody to book it",
    LaneState.BOOKED: "booked",
    LaneState.HELD: "not paid yet",
    LaneState.IGNORED: "nothing to book",
    LaneState.FAILED: "the POS refuses it",
    LaneState.WAITING: "waits, because the POS cannot be reached",
    LaneState.BY_HAND: "booked by hand",
}

_WHY_NOTHING = {
    Counts.FROM_A_TILL: "It came from a till, which has booked it.",
    Counts.INCOMPLETE: "Nobody has paid it.",
    Counts.GIVEN_UP: "It was not paid within a day, so its units are on sale again.",
    Counts.NOT_STOCK: "Nothing of it is on a shelf.",
}

_BY_HAND = "Or book it in the POS yourself, then {ack}."

_SET_ASIDE = (
    "Set aside what is still in the shop. When the POS has taken them off its stock, {ack}."
)

_REMEDIES = {
    LaneState.ASKED: "Nothing: the POS is asked again by itself.",
    LaneState.RECEIVED: "Book it in the POS, where it waits.",
    LaneState.HELD: "Nothing: its units are kept from being sold for a day, or until it is paid.",
    LaneState.WAITING: "See that the POS can be reached; then it is told by itself.",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """How people go on from where they read of an order: `retry`, a sentence that has the POS told again; `ack`, the end
    of one in which they say that it was booked by hand. Both with `{order}`, its number."""

    retry: str
    ack: str


TYPED = Ways("Then `tillbridge orders retry {order}`.", "say so: `tillbridge orders ack {order}`")


def status_words(status: int) -> str:
    """Return BigCommerce's status as its control panel words it, a number that it does not name as it is."""
    known = next((each for each in OrderStatus if each == status), None)
    return known.name.replace("_", " ").capitalize() if known is not None else f"status {status}"


def how_far(entry: OrderEntry, mode: WebOrderMode, now_ms: int) -> str:
    """Return how far the POS is with an order, in a few words."""
    if mode is not WebOrderMode.POS and entry.told is not None and entry.state is LaneState.SEEN:
        return "not booked by hand yet"
    if entry.by_hand and entry.refusal:
        return "changed after it was booked by hand"
    late = ", for too long" if is_late(entry, mode, now_ms) else ""
    return f"{_HOW_FAR[entry.state]}{late}"


def is_late(entry: OrderEntry, mode: WebOrderMode, now_ms: int) -> bool:
    """Return whether an order is overdue. Where the POS is not told, nobody is late: when a person
    books is that person's affair."""
    return mode is WebOrderMode.POS and is_overdue(entry, now_ms)


def what_to_do(entry: OrderEntry, mode: WebOrderMode, now_ms: int, ways: Ways = TYPED) -> str:
    """Return what a person has to do about an order, and why; it ends in a full stop. `ways`: how they go on, by default
    on the command line."""
    if mode is WebOrderMode.OFF:
        return "Web orders are switched off: nothing of it is kept from being sold."
    if entry.state in (LaneState.BOOKED, LaneState.BY_HAND) or entry.settled:
        return "Nothing."
    if entry.state is LaneState.IGNORED:
        return f"Nothing. {_why_nothing(entry)}".strip()
    if entry.by_hand:
        return entry.refusal
    if mode is WebOrderMode.LEDGER and entry.state is not LaneState.HELD:
        return _SET_ASIDE.format(ack=_of(ways.ack, entry))
    return _in_mode_pos(entry, now_ms, ways)


def _of(words: str, entry: OrderEntry) -> str:
    return words.format(order=entry.order.id)


def _in_mode_pos(entry: OrderEntry, now_ms: int, ways: Ways) -> str:
    by_hand = _BY_HAND.format(ack=_of(ways.ack, entry))
    if entry.refusal:
        return f"{entry.refusal} {_of(ways.retry, entry)} {by_hand}"
    if is_overdue(entry, now_ms) and entry.state is not LaneState.RECEIVED:
        return f"See that the POS answers. {_of(ways.retry, entry)} {by_hand}"
    return _REMEDIES.get(entry.state, "Nothing: the POS is told of it by itself.")


def _why_nothing(entry: OrderEntry) -> str:
    reasons: Sequence[Counts] = [line.counts for line in entry.lines]
    named = (why for counts, why in _WHY_NOTHING.items() if counts in reasons)
    return next(named, "")
