"""The book of web orders as verify takes it: plain values, by the POS's own versions."""

from collections.abc import Callable, Collection, Iterable, Iterator

from cli.deployment.target import Target
from cli.verify.order_model import PATIENCE_MS, Kept, KeptLine, OrdersSide
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.versions import epoch_of, number_of
from tillbridge.domain.web_orders.entry import EntryLine, OrderEntry
from tillbridge.domain.web_orders.told_to_people import how_far, is_late, what_to_do
from tillbridge.ports.order_list import ListedOrder, OrderList

_PAGE = 500


def orders_side(
    target: Target, connection: Connection, *, at_rest: bool = False
) -> OrdersSide | None:
    """Return how a store's web orders are judged, None where they are switched off."""
    if connection.settings.web_orders is WebOrderMode.OFF:
        return None
    patience_ms = 0 if at_rest else PATIENCE_MS
    return judged_by(target.order_list, connection, SystemClock().now_ms, patience_ms)


def judged_by(
    listed: OrderList, connection: Connection, now_ms: Callable[[], int], patience_ms: int
) -> OrdersSide:
    """Return the same for a list of orders, by a clock (epoch ms), with web orders on."""

    def kept(orders: Collection[int] | None) -> Iterator[Kept]:
        for each in _entries(listed, connection.store, orders):
            yield kept_order(each, connection, now_ms())

    mode, since_ms = connection.settings.web_orders.value, connection.web_orders_since_ms
    return OrdersSide(mode, since_ms, kept, patience_ms, now_ms)


def kept_order(listed: ListedOrder, connection: Connection, now_ms: int) -> Kept:
    """Return an order of the book as plain values."""
    if not isinstance(listed, OrderEntry):
        return Kept(int(listed.id), readable=False)
    mode, epoch = connection.settings.web_orders, connection.pos_account.epoch
    return Kept(
        order=int(listed.order.id),
        state=listed.state.value,
        says=how_far(listed, mode, now_ms),
        remedy=what_to_do(listed, mode, now_ms),
        late=is_late(listed, mode, now_ms),
        by_hand=listed.by_hand,
        settled=listed.settled,
        revision=listed.revision,
        placed_ms=listed.order.placed_ms,
        changed_ms=listed.since_ms,
        lines=tuple(_line(line, epoch) for line in listed.lines),
    )


def _line(line: EntryLine, epoch: int) -> KeptLine:
    shown, account = line.shown, line.account
    holder = account.holder
    return KeptLine(
        id=int(shown.id),
        product=int(shown.product or 0),
        variant=int(shown.variant or 0),
        holder=(str(holder.product), str(holder.variant or "")) if holder else None,
        owed=account.owed,
        asked=account.asked,
        # What was booked before the POS was restored from a backup is booked no more.
        bookings=tuple(
            (number_of(each.version), each.units)
            for each in account.bookings
            if epoch_of(each.version) == epoch
        ),
        sku=shown.sku,
        name=shown.name,
    )


def _entries(
    listed: OrderList, store: StoreId, orders: Collection[int] | None
) -> Iterable[ListedOrder]:
    if orders is not None:
        yield from listed.find(store, [WebOrderId(order) for order in orders])
        return
    below: WebOrderId | None = None
    while page := listed.latest(store, _PAGE, below):
        yield from page
        last = page[-1]
        below = last.order.id if isinstance(last, OrderEntry) else last.id
