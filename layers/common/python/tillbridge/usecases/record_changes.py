"""The intake of events: mark products pending, then signal each store once."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import ChangeOfCourse, UnknownStore, UnreadableEvent, UnreadableStore
from tillbridge.domain.events import MOST_AT_ONCE, Event, Wake, changes, parts, received
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import CANARY_DUE, FROM_POS, WEB_ORDER_BOOKED
from tillbridge.domain.link_requests import LinkEvent, LinkRequest
from tillbridge.domain.pending import Change, arrival
from tillbridge.domain.request_parts import Asked, asked_of
from tillbridge.domain.senders import check_person, check_pos, check_sweep
from tillbridge.domain.web_orders.asked_for import DoOrder, OrdersAsked, marks
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.ports.jobs import Jobs
from tillbridge.ports.link_requests import LinkRequests
from tillbridge.ports.parts import Parts
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.signals import Signals
from tillbridge.ports.stores import Stores

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IntakeDeps:
    """What intake needs. `read` returns the event in a message's body, or raises UnreadableEvent.
    `jobs` keep what people asked for. `signals` start a store's drain, `order_signals` what tells its POS of web orders."""

    read: Callable[[str], Event | LinkEvent | OrdersAsked | Wake]
    parts: Parts
    pending: PendingRows
    link_requests: LinkRequests
    jobs: Jobs
    stores: Stores
    signals: Signals
    order_signals: Signals
    dead_letters: DeadLetters
    clock: Clock


class _OfRemovedStore(ChangeOfCourse):
    """An event asks for nothing: its store was removed."""


class _Work(Enum):
    """What a message starts."""

    DRAIN = auto()
    ORDERS = auto()


@dataclass(slots=True)
class _Batch:
    """What the messages of one batch ask for. `connected`: the connection of each store they name,
    None for one that has none. `stores`: those to mark and signal, in the order in which they were
    named, each with what is to be started there.
    `unreadable`: of one it is not known who may speak for it."""

    changes: list[Change] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)  # body and reason
    link_requests: list[LinkRequest] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    connected: dict[StoreId, Connection | None] = field(default_factory=dict)
    stores: dict[StoreId, set[_Work]] = field(default_factory=dict)
    unreadable: UnreadableStore | None = None

    def epoch(self, store: StoreId) -> int:
        """Return the epoch of the POS account of a store that a message named."""
        connection = self.connected[store]
        return connection.pos_account.epoch if connection is not None else 0


def record_changes(bodies: Iterable[str], deps: IntakeDeps) -> None:
    """Mark the products that the events name, store the link requests, then signal each store once.

    A large event is split into parts, which are sent as new messages. A message that cannot be read,
    or whose sender may not ask for it, goes to the dead letters with the reason; the rest goes on.
    Raise at the end what has messages return; repeating a batch does no harm."""
    batch = _Batch()
    now = deps.clock.now_ms()
    orders = (arrival(now, number) for number in count())
    for body in bodies:
        try:
            read = _read(body, deps, batch, now)
        except _OfRemovedStore:
            log.info("event of a removed store", extra={"reason": "nobody needs it"})
            continue
        except UnreadableEvent as problem:
            log.warning("event refused", extra={"reason": str(problem)})
            batch.refused.append((body, str(problem)))
            continue
        except UnreadableStore as unreadable:
            log.warning("event waits", extra={"reason": str(unreadable)})
            batch.unreadable = batch.unreadable or unreadable
            continue
        _add(read, batch, deps, orders, now)
    trouble = _take_in(batch, deps) or batch.unreadable
    if trouble is not None:
        raise trouble
    for body, reason in batch.refused:  # last: what fails before would put them there once more
        deps.dead_letters.put(body, reason)


def _add(
    read: Event | LinkEvent | OrdersAsked | Wake,
    batch: _Batch,
    deps: IntakeDeps,
    orders: Iterator[int],
    now_ms: int,
) -> None:
    """Note what a message asks for, or send it on in parts."""
    if isinstance(read, Wake):
        return  # its store is signalled with the others
    if isinstance(read, OrdersAsked):
        batch.changes += marks(read, orders, now_ms)
        _note(read, len(read.orders))
        return
    if isinstance(read, LinkEvent):
        batch.link_requests += read.requests(orders)
    elif len(read.products) > MOST_AT_ONCE:
        deps.parts.send(parts(read))
    else:
        batch.changes += changes(read, orders, batch.epoch(read.store))
    if read.job and len(read.products) <= MOST_AT_ONCE:
        batch.asked.append(asked_of(read, now_ms))
    _note(read, len(read.products))


def _take_in(batch: _Batch, deps: IntakeDeps) -> Exception | None:
    """Mark and signal store by store, so that trouble with the rows of one leaves none of the others
    waiting. Return the first trouble: the messages return, and what was done is done again without
    harm."""
    first: Exception | None = None
    for store, work in batch.stores.items():
        try:
            # Requests before the pushes that follow them.
            deps.link_requests.put(r for r in batch.link_requests if r.store == store)
            deps.pending.mark(change for change in batch.changes if change.store == store)
            if _Work.DRAIN in work:
                deps.signals.signal(store)
            if _Work.ORDERS in work:
                deps.order_signals.signal(store)
            # Last: no sale waits for what only tells people how far their request is.
            for asked in batch.asked:
                if asked.job.store == store:
                    deps.jobs.take_in(asked.job, asked.offset, asked.products)
        except Exception as trouble:  # noqa: BLE001 - raised again when all stores had their turn
            extra = {"store_id": store, "why": repr(trouble)}
            log.warning("store's events are not taken in", extra=extra)
            first = first or trouble
    return first


def _read(
    body: str, deps: IntakeDeps, batch: _Batch, now_ms: int
) -> Event | LinkEvent | OrdersAsked | Wake:
    """Return the event in a message's body, and note its store as one to signal. Raise
    UnreadableEvent, also when its store is not connected, or its sender may not ask for it; but let
    a wake of a store pass that was disconnected since: nothing is left to do. Raise UnreadableStore
    when nobody can tell."""
    read = deps.read(body)
    if read.store not in batch.connected:
        try:
            batch.connected[read.store] = deps.stores.find(read.store)
        except UnreadableStore:
            if isinstance(read, Wake):
                return read  # the sweep signals its store
            raise
    connection = batch.connected[read.store]
    if connection is None:
        if isinstance(read, Wake):
            return read
        _say_who_removed(read, deps)
        raise UnknownStore(read.store)
    if not isinstance(read, Wake):
        _check_sender(read, connection)
    batch.stores.setdefault(read.store, set()).add(_work_of(read))
    return received(read, now_ms) if isinstance(read, Event) else read


def _say_who_removed(read: Event | LinkEvent | OrdersAsked, deps: IntakeDeps) -> None:
    """Raise _OfRemovedStore for what the POS of a removed store goes on telling, which would fill the dead letters;
    UnreadableEvent, with who removed it, for what a person asks of it."""
    removal = deps.stores.removal(read.store)
    if removal is None:
        return
    if read.trigger in FROM_POS or read.trigger == CANARY_DUE:
        raise _OfRemovedStore
    raise UnreadableEvent(
        f"The store '{read.store}' was removed by {removal.by}. `tillbridge store add {read.store}` brings it back; then"
        " ask again."
    )


def _work_of(read: Event | LinkEvent | OrdersAsked | Wake) -> _Work:
    if isinstance(read, Wake):
        return _Work.ORDERS if read.orders else _Work.DRAIN
    if isinstance(read, OrdersAsked):
        return _Work.ORDERS if read.do is DoOrder.RETRY else _Work.DRAIN
    return _Work.ORDERS if read.trigger == WEB_ORDER_BOOKED else _Work.DRAIN


def _check_sender(event: Event | LinkEvent | OrdersAsked, connection: Connection) -> None:
    if event.trigger in FROM_POS:
        check_pos(event.sender, connection)
    elif event.trigger == CANARY_DUE:
        check_sweep(event.sender, event.trigger)
    else:
        check_person(event.sender, event.trigger)


def _note(event: Event | LinkEvent | OrdersAsked, named: int) -> None:
    log.info(
        "event taken in",
        extra={
            "store_id": event.store,
            "event_id": event.id,
            "trigger": event.trigger,
            "products": named,
        },
    )
