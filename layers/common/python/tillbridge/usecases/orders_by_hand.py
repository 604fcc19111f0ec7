"""What people ask of single web orders: one was booked by hand, is to be told again, or is to count.

The book lets anybody write who read what is there, so the entry is written here and no other writer
is asked. What follows from it is marked after that; who dies in between asks again, and it is marked
again (docs/adr/0026-an-order-is-one-entry-and-its-open-row.md)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change
from tillbridge.domain.web_orders import asked_words as words
from tillbridge.domain.web_orders.asked_for import order_row
from tillbridge.domain.web_orders.booking import ended_by_hand, tried_again
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.ports.clock import Clock
from tillbridge.ports.order_book import OrderBook
from tillbridge.ports.pos import Pos
from tillbridge.ports.signals import Signals
from tillbridge.usecases.pos_records import pos_records

_TIMES = 10
"""So often an entry is made anew because another writer was faster."""


class Marks(Protocol):
    """Where rows are marked."""

    def mark(self, changes: Iterable[Change]) -> None:
        """Mark them. May raise RetryLater."""
        ...


@dataclass(frozen=True, slots=True)
class ByHandDeps:
    """What the requests need. `signals`: of the store's drain, None where that itself asks. `orders`: those of the
    function that tells the POS; None where there is none, and the sweep finds its rows."""

    book: OrderBook
    pending: Marks
    clock: Clock
    signals: Signals | None
    orders: Signals | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a request about one order, in words for people."""

    order: WebOrderId
    done: bool
    words: str


type _Step = Callable[[OrderEntry], tuple[OrderEntry, Answered]]


def acknowledge(
    deps: ByHandDeps, connection: Connection, pos: Pos, orders: Iterable[WebOrderId]
) -> list[Answered]:
    """End orders of which a person says that the POS has taken off what they owe: they count as taken
    off from the versions that the POS shows now. Raise RetryLater, PosDown and NeedsAttention."""
    return [
        _changed(deps, connection, order, partial(_booked_by_hand, pos))
        for order in dict.fromkeys(orders)
    ]


def retry(deps: ByHandDeps, connection: Connection, orders: Iterable[WebOrderId]) -> list[Answered]:
    """Have the POS told again of orders that it refuses, or has not booked. Raise RetryLater."""
    if connection.settings.web_orders is not WebOrderMode.POS:
        return [Answered(order, False, words.NOT_TOLD) for order in dict.fromkeys(orders)]
    return [_changed(deps, connection, order, _told_again) for order in dict.fromkeys(orders)]


def take(deps: ByHandDeps, connection: Connection, orders: Iterable[WebOrderId]) -> list[Answered]:
    """Have orders count that were placed before the store's orders were read. The store's drain reads
    them, as it alone does. Raise RetryLater."""
    asked = list(dict.fromkeys(orders))
    if connection.settings.web_orders is WebOrderMode.OFF:
        return [Answered(order, False, words.SWITCHED_OFF) for order in asked]
    store = connection.store
    deps.pending.mark(_marks(deps, store, Lane.WEB, asked))
    _signal(deps, store)
    return [Answered(order, True, words.WILL_COUNT) for order in asked]


def _changed(deps: ByHandDeps, connection: Connection, order: WebOrderId, step: _Step) -> Answered:
    store = connection.store
    for _ in range(_TIMES):
        kept = deps.book.kept(store, [order]).get(order)
        if kept is None:
            return Answered(order, False, words.NOT_IN_THE_BOOK)
        entry, answer = step(kept.entry)
        if entry == kept.entry or not deps.book.write(store, [(kept, entry)]):
            if answer.done:
                _mark_what_follows(deps, connection, entry)
            return answer
    raise RetryLater("The book of web orders is busy. Try again.")


def _booked_by_hand(pos: Pos, entry: OrderEntry) -> tuple[OrderEntry, Answered]:
    order = entry.order.id
    if why := words.why_not_acknowledged(entry):
        return entry, Answered(order, False, why)
    versions = _versions(pos, entry)
    ended = ended_by_hand(entry, versions)
    left = [a for a in ended.accounts if a.owed and not (a.holder and a.holder.product in versions)]
    if len(left) == len([account for account in ended.accounts if account.owed]):
        return entry, Answered(order, False, words.nothing_linked(left))
    return ended, Answered(order, True, words.booked_by_hand(left))


def _versions(pos: Pos, entry: OrderEntry) -> Mapping[PosProductId, int]:
    holders = (account.holder for account in entry.accounts if account.owed)
    products = list(dict.fromkeys(holder.product for holder in holders if holder))
    records, _ = pos_records(pos, products)
    return {product: record.version for product, record in records.items() if record.version >= 0}


def _told_again(entry: OrderEntry) -> tuple[OrderEntry, Answered]:
    order = entry.order.id
    if why := words.why_not_told(entry):
        return entry, Answered(order, False, why)
    return tried_again(entry), Answered(order, True, words.TOLD_AGAIN)


def _mark_what_follows(deps: ByHandDeps, connection: Connection, entry: OrderEntry) -> None:
    store = connection.store
    if connection.settings.web_orders is WebOrderMode.OFF:
        return  # no level has web units, so none moves
    if entry.by_hand:
        holders = (account.holder for account in entry.accounts)
        products = dict.fromkeys(holder.product for holder in holders if holder)
        deps.pending.mark(_marks(deps, store, Lane.ORDERED, products))
        _signal(deps, store)
        return
    deps.pending.mark(_marks(deps, store, Lane.BOOK, [entry.order.id]))
    if deps.orders is not None:
        deps.orders.signal(store)


def _signal(deps: ByHandDeps, store: StoreId) -> None:
    if deps.signals is not None:
        deps.signals.signal(store)


def _marks(
    deps: ByHandDeps, store: StoreId, lane: Lane, rows: Iterable[object]
) -> Sequence[Change]:
    now = deps.clock.now_ms()
    return [order_row(store, lane, row, now) for row in rows]
