"""The intake of events: mark products pending, then signal each store once."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import RetryLater, UnknownStore, UnreadableEvent
from tillbridge.domain.events import MOST_AT_ONCE, Event, Wake, changes, parts
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link_requests import LinkEvent, LinkRequest
from tillbridge.domain.pending import Change, arrival
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.ports.link_requests import LinkRequests
from tillbridge.ports.parts import Parts
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.signals import Signals
from tillbridge.ports.stores import Stores

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IntakeDeps:
    """What intake needs. `read` returns the event in a message's body, or raises UnreadableEvent."""

    read: Callable[[str], Event | LinkEvent | Wake]
    parts: Parts
    pending: PendingRows
    link_requests: LinkRequests
    stores: Stores
    signals: Signals
    dead_letters: DeadLetters
    clock: Clock


@dataclass(slots=True)
class _Batch:
    """What the messages of one batch ask for. `connected`: whether each store they name is."""

    changes: list[Change] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)  # body and reason
    link_requests: list[LinkRequest] = field(default_factory=list)
    connected: dict[StoreId, bool] = field(default_factory=dict)


def record_changes(bodies: Iterable[str], deps: IntakeDeps) -> None:
    """Mark the products that the events name, store the link requests, then signal each store once.

    A large event is split into parts, which are sent as new messages. A message that cannot be read
    goes to the dead letters with the reason; the rest of the batch goes on. Repeating a batch does
    no harm."""
    batch = _Batch()
    now = deps.clock.now_ms()
    orders = (arrival(now, number) for number in count())
    for body in bodies:
        try:
            read = _read(body, deps, batch)
        except UnreadableEvent as problem:
            log.warning("event refused", extra={"reason": str(problem)})
            batch.refused.append((body, str(problem)))
            continue
        if isinstance(read, Wake):
            continue  # its store is signalled with the others
        if isinstance(read, LinkEvent):
            batch.link_requests += read.requests(orders)
        elif len(read.products) > MOST_AT_ONCE:
            deps.parts.send(parts(read))
        else:
            batch.changes += changes(read, orders)
        _note(read)
    deps.link_requests.put(batch.link_requests)  # before the pushes that follow them
    deps.pending.mark(batch.changes)
    for store in (store for store, connected in batch.connected.items() if connected):
        deps.signals.signal(store)
    for body, reason in batch.refused:  # last: what fails before would put them there once more
        deps.dead_letters.put(body, reason)


def _read(body: str, deps: IntakeDeps, batch: _Batch) -> Event | LinkEvent | Wake:
    """Return the event in a message's body. Raise UnreadableEvent, also when its store is not
    connected; but let a wake pass: its store was disconnected since, and nothing is left to do."""
    read = deps.read(body)
    if read.store not in batch.connected:
        batch.connected[read.store] = deps.stores.find(read.store) is not None
    if not batch.connected[read.store] and not isinstance(read, Wake):
        raise UnknownStore(read.store)
    return read


def _note(event: Event | LinkEvent) -> None:
    log.info(
        "event taken in",
        extra={
            "store_id": event.store,
            "event_id": event.id,
            "trigger": event.trigger,
            "products": len(event.products),
        },
    )


def sweep(deps: IntakeDeps) -> int:
    """Signal every store that has due rows or link requests, or whose wait after a failure is over:
    the net below lost wakes. Return the number of stores signalled."""
    now = deps.clock.now_ms()
    due = [store for store in deps.stores.all() if _is_due(deps, store, now)]
    for store in due:
        deps.signals.signal(store)
    return len(due)


def _is_due(deps: IntakeDeps, store: StoreId, now_ms: int) -> bool:
    try:
        return (
            deps.pending.waits(store, now_ms)
            or deps.link_requests.any_waiting(store)
            or _may_recover(deps.stores.find(store), now_ms)
        )
    except RetryLater:
        raise
    except Exception:  # a bug on one store must not keep the others waiting; its own slice shows it
        log.exception("store cannot be swept", extra={"store_id": store})
        return True


def _may_recover(connection: Connection | None, now_ms: int) -> bool:
    # Signalled even with nothing due: only a slice that succeeds ends the store's outage.
    return (
        connection is not None
        and connection.failures > 0
        and connection.state is not StoreState.PAUSED
        and connection.not_before_ms <= now_ms
    )
