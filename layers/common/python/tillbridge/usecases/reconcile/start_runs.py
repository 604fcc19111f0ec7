"""Start runs: on a schedule for every store, or for one when a person requests it."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tillbridge.domain.errors import RetryLater, UnknownStore, UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.ports.reconcile_queue import ReconcileQueue
from tillbridge.ports.store_list import StoreList
from tillbridge.ports.stores import Stores
from tillbridge.usecases.connected import is_connected
from tillbridge.usecases.reconcile.adopting import adopt

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartDeps:
    """What starting a run needs. `read` turns an event into a store (None: all of them) and a
    request, or raises UnreadableEvent."""

    read: Callable[[dict[str, Any]], tuple[StoreId | None, Request]]
    stores: Stores
    store_list: StoreList
    queue: ReconcileQueue
    dead_letters: DeadLetters


def start(event: dict[str, Any], deps: StartDeps) -> int:
    """Put a message into each store's line, and return the number of messages. What cannot be read
    goes to the dead letters with the reason."""
    try:
        store, request = deps.read(event)
        if store is not None and not is_connected(deps.stores, store):
            raise UnknownStore(store)
    except UnreadableEvent as problem:
        log.warning("event refused", extra={"reason": str(problem)})
        deps.dead_letters.put(json.dumps(event), str(problem))
        return 0
    if store is None:
        return _start_all([entry.store for entry in deps.store_list.entries()], request, deps)
    if request.adopt:
        stores = adopt(store, deps.stores, deps.store_list)
        return _start_all(stores, replace(request, adopt=False), deps)
    deps.queue.send(store, request)
    return 1


def _start_all(stores: Sequence[StoreId], request: Request, deps: StartDeps) -> int:
    """Put a message into every store's line. Raise RetryLater when none could be put: the schedule's
    call is then repeated. When only some could not, it is not, since the others would run twice; those
    stores are compared with the next schedule."""
    missed = deps.queue.send_all(stores, request)
    if missed:
        log.error("runs could not be started", extra={"stores": missed[:100]})
        if len(missed) == len(stores):
            raise RetryLater("No run could be started. Tillbridge tries again.")
    return len(stores) - len(missed)
