"""What others are told when an order is read: whether it is news to them, and which."""

from dataclasses import replace

from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.order_events import OrderEventType, seen_by_others
from tillbridge.domain.web_orders.shown import OrderStatus


def numbered(before: OrderEntry, entry: OrderEntry) -> OrderEntry:
    """Return the entry that was made from `before`, with one change more if others see it otherwise."""
    if entry == before or seen_by_others(entry) == seen_by_others(before):
        return entry
    return replace(entry, change=before.change + 1)


def news(before: OrderEntry | None, entry: OrderEntry) -> OrderEventType | None:
    """Return what to tell of an order whose entry was `before`; None when it is no news.

    An incomplete order is not placed yet. One that was cancelled before it was read is told as placed,
    in the state in which it is, so that nobody hears of the change of an order that they do not know."""
    if before is None:
        incomplete = entry.order.status == OrderStatus.INCOMPLETE
        return None if incomplete else OrderEventType.PLACED
    if entry.change == before.change:
        return None
    known = {line.key: line.shown.refunded for line in before.lines}
    more = any(line.shown.refunded > known.get(line.key, 0) for line in entry.lines)
    return OrderEventType.REFUNDED if more else OrderEventType.CHANGED
