"""Takes events in: marks products pending, then signals each store once."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import UnknownStore, UnreadableEvent
from tillbridge.domain.events import MOST_AT_ONCE, Event, Wake, changes, parts
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pending import Change
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.ports.parts import Parts
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.signals import Signals
from tillbridge.ports.stores import Stores

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IntakeDeps:
    """What intake needs. `read` turns a message into an event or a wake, or raises
    UnreadableEvent."""

    read: Callable[[str], Event | Wake]
    parts: Parts
    pending: PendingRows
    stores: Stores
    signals: Signals
    dead_letters: DeadLetters
    clock: Clock


def record_changes(bodies: Iterable[str], deps: IntakeDeps) -> None:
    """Marks what the events name, then signals; a large event goes on in parts. What cannot be
    read goes to the dead letters with its reason; its neighbours go on. A repeat of the same batch
    does no harm."""
    marks: list[Change] = []
    stores: dict[StoreId, bool] = {}
    for body in bodies:
        try:
            read = deps.read(body)
            if not stores.setdefault(read.store, deps.stores.find(read.store) is not None):
                if isinstance(read, Wake):
                    continue  # disconnected since: there is nothing left to wake
                raise UnknownStore(
                    f"No store named '{read.store}' is connected. Connect it with "
                    f"`tillbridge store add {read.store}`, then send the event again."
                )
        except UnreadableEvent as problem:
            log.warning("event refused", extra={"reason": str(problem)})
            deps.dead_letters.put(body, str(problem))
            continue
        if isinstance(read, Event):
            if len(read.products) > MOST_AT_ONCE:
                deps.parts.send(parts(read))
            else:
                marks.extend(changes(read))
            _note(read)
    deps.pending.mark(marks)
    for store in (store for store, connected in stores.items() if connected):
        deps.signals.signal(store)


def _note(event: Event) -> None:
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
    """Signals every store with due rows, or whose wait is over: the net below lost wakes. Answers
    how many."""
    now = deps.clock.now_ms()
    due = [
        store
        for store in deps.stores.all()
        if deps.pending.waits(store, now) or _may_recover(deps.stores.find(store), now)
    ]
    for store in due:
        deps.signals.signal(store)
    return len(due)


def _may_recover(connection: Connection | None, now_ms: int) -> bool:
    # Nothing may be due but what people asked of its links, or only its own good name.
    return (
        connection is not None
        and connection.failures > 0
        and connection.state is not StoreState.PAUSED
        and connection.not_before_ms <= now_ms
    )
