"""What is known of the web orders of one holder: ordered, found and booked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tillbridge.domain.autopsy.moments import (
    SECOND_MS,
    BookedIn,
    Found,
    Ordered,
)
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.entry import OrderEntry


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """What is known of a web order and the holder."""

    number: WebOrderId
    ordered: tuple[Ordered, ...]
    found: tuple[Found, ...]
    booked: tuple[BookedIn, ...]


def orders_known(
    holder: Holder,
    until_ms: int,
    lines: Sequence[ProductLine],
    entries: Sequence[OrderEntry],
    linked_ms: int,
) -> Iterator[KnownOrder]:
    """Yield what is known of each web order of a holder, from the product's lines and from what is kept of orders.
    `until_ms`: what was found later is not told; `linked_ms`: when the product was linked last."""
    variant = holder.variant
    by_order: dict[WebOrderId, list[ProductLine]] = {}
    for line in lines:
        if line.order is not None and line.order.variant == variant:
            by_order.setdefault(line.order.order, []).append(line)
    kept = {entry.order.id: entry for entry in entries}
    for number in sorted({*by_order, *kept}):
        told = by_order.get(number, [])
        entry = kept.get(number)
        seen = [line for line in told if line.did is Did.FOUND]
        pairs: list[tuple[Ordered, Found | None]] = list(_of_lines(seen, linked_ms))
        if not pairs and entry is not None:
            pairs = list(_of_entry(entry, holder, until_ms, linked_ms))
        if pairs:
            yield KnownOrder(
                number,
                tuple(ordered for ordered, _ in pairs),
                tuple(found for _, found in pairs if found is not None),
                tuple(_bookings(number, entry, holder, told)),
            )


def _of_lines(lines: Sequence[ProductLine], linked_ms: int) -> Iterator[tuple[Ordered, Found]]:
    told_ms, found_ms = -1, 0
    for line in lines:
        assert line.order is not None, "chosen by its order"
        order, at_ms = line.order, min(line.order.at_ms, line.at_ms)
        timed = order.at_ms > told_ms
        if not timed:
            # BigCommerce tells no time of a refund: it came after the last reading, before this one.
            at_ms = min(found_ms + 1, line.at_ms)
        told_ms, found_ms = max(told_ms, order.at_ms), line.at_ms
        linked = at_ms + SECOND_MS > linked_ms
        ordered = Ordered(at_ms, order.order, order.units, linked=linked, timed=timed)
        yield ordered, Found(line.at_ms, order.order, order.units)


def _of_entry(
    entry: OrderEntry, holder: Holder, until_ms: int, linked_ms: int
) -> Iterator[tuple[Ordered, Found | None]]:
    # The entry has the order as it is now: when its units changed, only that they were once ordered.
    mine = [line for line in entry.lines if line.account.holder == holder]
    order, owed = entry.order, sum(line.account.owed for line in mine)
    if not mine or entry.since_ms > until_ms:
        return
    linked = order.placed_ms + SECOND_MS > linked_ms
    placed_ms = min(order.placed_ms, entry.since_ms)
    once = sum(line.shown.quantity for line in mine)
    if once != owed:
        yield Ordered(placed_ms, order.id, once, linked=linked), None
        placed_ms = min(order.modified_ms, entry.since_ms)
    yield (
        Ordered(placed_ms, order.id, owed, linked=linked),
        Found(entry.since_ms, order.id, owed),
    )


def _bookings(
    number: WebOrderId, entry: OrderEntry | None, holder: Holder, told: Sequence[ProductLine]
) -> Iterator[BookedIn]:
    answered = {line.version: line.at_ms for line in told if line.did is Did.BOOKED}
    units: dict[int, int] = {
        line.version: line.order.units
        for line in told
        if line.did is Did.BOOKED and line.order is not None
    }
    accounts = [a for a in entry.accounts if a.holder == holder] if entry else []
    versions = {booking.version for account in accounts for booking in account.bookings}
    for version in versions - set(units):
        units[version] = sum(
            max((b for b in a.bookings if b.version <= version), key=lambda b: b.version).units
            for a in accounts
            if any(b.version <= version for b in a.bookings)
        )
    for version in sorted(units):
        yield BookedIn(answered.get(version, 0), number, units[version], version)
