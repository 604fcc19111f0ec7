"""Takes events in: marks products pending, then signals each store once."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tillbridge.domain.errors import UnknownStore, UnreadableEvent
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pending import Change
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.signals import Signals
from tillbridge.ports.stores import Stores

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IntakeDeps:
    """What intake needs. `read` turns a message into an event or raises UnreadableEvent."""

    read: Callable[[str], Event]
    pending: PendingRows
    stores: Stores
    signals: Signals
    dead_letters: DeadLetters
    clock: Clock


def record_changes(bodies: Iterable[str], deps: IntakeDeps) -> None:
    """Marks what the events name, then signals. What cannot be read goes to the dead letters with
    its reason; its neighbours go on. A repeat of the same batch does no harm."""
    marks: list[Change] = []
    known: dict[StoreId, bool] = {}
    for body in bodies:
        try:
            event = deps.read(body)
            if not known.setdefault(event.store, deps.stores.find(event.store) is not None):
                raise UnknownStore(
                    f"No store named '{event.store}' is connected. Connect it with "
                    f"`tillbridge store add {event.store}`, then send the event again."
                )
        except UnreadableEvent as problem:
            log.warning("event refused", extra={"reason": str(problem)})
            deps.dead_letters.put(body, str(problem))
            continue
        marks.extend(changes(event))
        log.info(
            "event taken in",
            extra={
                "store_id": event.store,
                "event_id": event.id,
                "trigger": event.trigger,
                "products": len(event.products),
            },
        )
    deps.pending.mark(marks)
    for store in dict.fromkeys(mark.store for mark in marks):
        deps.signals.signal(store)


def wake_stores(stores: Iterable[StoreId], deps: IntakeDeps) -> None:
    """Signals the stores whose wait is over."""
    for store in dict.fromkeys(stores):
        deps.signals.signal(store)


def sweep(deps: IntakeDeps) -> int:
    """Signals every store with due rows: the net below lost wakes. Answers how many."""
    now = deps.clock.now_ms()
    due = [store for store in deps.stores.all() if deps.pending.waits(store, now)]
    wake_stores(due, deps)
    return len(due)
