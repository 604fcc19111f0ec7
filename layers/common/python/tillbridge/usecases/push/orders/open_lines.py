"""What the open orders owe, as the book has it now."""

from collections.abc import Iterable, Sequence

from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.web_orders.accounts import LineAccount, is_booked
from tillbridge.domain.web_orders.entry import settled
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.order_book import OpenOrder
from tillbridge.usecases.push.orders.holders import holders_of
from tillbridge.usecases.push.orders.noting import judge_again
from tillbridge.usecases.push.orders.reading import of_the_store
from tillbridge.usecases.push.slice.session import Session
from tillbridge.usecases.readable_links import readable_links

SETTLED_AFTER_MS = 600_000
"""So long an order stays open after it first owed what it owes, though the POS has booked it: what it
moves online is looked at meanwhile."""

SETTLED_AT_ONCE = 100


def accounts_of(session: Session, product: PosProductId) -> Sequence[LineAccount]:
    """Return what web orders owe of a product, as this slice knows it; nothing where none are read. Raise
    StockStopped with whatever stops the store."""
    if not session.takes_orders:
        return ()
    if not session.orders.opened:
        with of_the_store():
            open_lines(session)
    return session.orders.accounts_of(product)


def open_lines(session: Session) -> None:
    """Read what all open orders owe. An order of a product that was linked since gets its holder before
    any level is computed; the first time in a slice, what is over is settled, and what time has changed is
    judged again. Raise RetryLater."""
    first = not session.orders.opened
    book, store = session.deps.order_book, session.store
    orders = book.open(store)
    changed = _now_linked(session, orders)
    if first:
        changed += _given_up(session, orders)
    if changed:
        judge_again(session, changed)
        orders = book.open(store)
    session.orders.opens(orders)
    if first:
        _settle(session, orders)


def _now_linked(session: Session, orders: Iterable[OpenOrder]) -> list[WebOrderId]:
    lacking = [order.order for order in orders if any(map(_lacks_holder, order.accounts))]
    view = session.orders
    new = [order for order in lacking if order not in view.unlinked]
    if new:
        kept = session.deps.order_book.kept(session.store, new)
        view.unlinked.update((order, each.entry.order) for order, each in kept.items())
    shown = [view.unlinked[order] for order in lacking if order in view.unlinked]
    linked = {number for number, _ in holders_of(session, shown)} if shown else set()
    return [order.id for order in shown if _sells(order, linked)]


def _lacks_holder(account: LineAccount) -> bool:
    return account.holder is None and account.owed > 0


def _sells(order: WebOrder, products: Iterable[object]) -> bool:
    return any(line.product in set(products) for line in order.lines)


def _given_up(session: Session, orders: Iterable[OpenOrder]) -> list[WebOrderId]:
    now = session.now_ms()
    return [order.order for order in orders if 0 < order.again_ms <= now]


def _settle(session: Session, orders: Iterable[OpenOrder]) -> None:
    before = session.now_ms() - SETTLED_AFTER_MS
    done = [
        order.order
        for order in orders
        if order.since_ms < before and all(is_booked(each) for each in order.accounts)
    ]
    if not done:
        return
    # Others each minute: some may never be settled, since their product is linked no more.
    first = session.now_ms() // 60_000 * SETTLED_AT_ONCE % len(done)
    done = [*done[first:], *done[:first]][:SETTLED_AT_ONCE]
    kept = session.deps.order_book.kept(session.store, done)
    products = {
        account.holder.product
        for each in kept.values()
        for account in each.entry.accounts
        if account.holder
    }
    links, _ = readable_links(session.deps.links, session.store, sorted(products))
    versions = {product: link.stock_version for product, link in links.items()}
    over = [(each, settled(each.entry, versions)) for each in kept.values()]
    # What was refused has changed since, and is settled another time.
    session.deps.order_book.write(session.store, [e for e in over if e[1] != e[0].entry])
