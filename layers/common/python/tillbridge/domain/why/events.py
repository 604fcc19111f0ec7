"""What a line happened because of, in words for the people of the shop. All times are UTC."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tillbridge.domain.history.product_line import Because, EventSeen, ProductLine
from tillbridge.domain.lanes import Lane

EVENTS = {
    "product.saved": "it was saved in the POS",
    "product.imported": "a list of products was imported into the POS",
    "sale.completed": "a sale",
    "exchange.completed": "an exchange",
    "refund.completed": "a refund",
    "inventory_count.completed": "a stock count",
    "stock_order.completed": "a delivery",
    "stock_transfer.completed": "a stock transfer",
    "stock_adjustment.completed": "a stock adjustment",
    "stock.changed": "a change of stock, of which the POS does not say why",
    "push.requested": "a person pushed it",
    "link": "it was linked by hand",
    "undo": "its first push was undone",
    "import": "it was imported from BigCommerce",
    "repair": "reconcile found it different online",
    "settled": "the POS no longer shows an older version",
    "canary.due": "the canary measures",
}
"""By an event's type, or the name of our own mark that a request led to."""

_CLAUSES = frozenset(
    {
        "product.saved",
        "product.imported",
        "push.requested",
        "link",
        "undo",
        "import",
        "repair",
        "settled",
        "canary.due",
    }
)
"""Of these the words are a clause, of the others a noun."""

LANES = {
    Lane.AFTER.value: "what follows the push of its content",
    Lane.ORDERED.value: "a web order",
    Lane.BULK.value: "a large push or a repair",
    Lane.PICTURES.value: "another try at its pictures",
}
"""By lane, where no event is known: Tillbridge marked the row itself."""

_SECOND_MS = 1_000


def at(ms: int) -> str:
    """Return a time (epoch ms) as people read it."""
    return datetime.fromtimestamp(ms / _SECOND_MS, UTC).strftime("%Y-%m-%d %H:%M:%S")


def event_words(kind: str) -> str:
    """Return an event's type, or the name of our own mark, in words."""
    return EVENTS.get(kind, kind)


def because_of(line: ProductLine) -> str:
    """Return in a few words why a line happened; "" where nothing is known."""
    because = line.because
    if because is None:
        return LANES.get(line.lane, "")
    words = event_words(because.last.type)
    if because.events > 1:
        return f"{words}, and {because.events - 1:,} more"
    return words


def who(line: ProductLine) -> str:
    """Return the person who asked for what a line tells; "" where none did."""
    if line.by or line.because is None:
        return line.by
    return line.because.last.by or line.because.first.by


def because_words(line: ProductLine) -> str:
    """Return why a line happened as the end of a sentence ('because of a sale'); "" where nothing is known."""
    words = because_of(line)
    if not words:
        return ""
    kind = line.because.last.type if line.because else ""
    return f"because {words}" if kind in _CLAUSES else f"because of {words}"


def event_rows(because: Because | None) -> Sequence[tuple[str, str]]:
    """Return the first and the last event, each with what it is."""
    if because is None:
        return []
    if because.events == 1:
        return [("event", _event(because.first))]
    between = because.events - 2
    more = [("between", f"{between:,} more, of which only the number is kept")] if between else []
    return [("first event", _event(because.first)), *more, ("last event", _event(because.last))]


def _event(event: EventSeen) -> str:
    later = max(0, event.received_ms - event.occurred_ms) / _SECOND_MS
    when = f"happened {at(event.occurred_ms)}, received {later:.1f} s later"
    return f"{event.type} {event.id}, {when}"
