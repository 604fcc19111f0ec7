"""Start runs: on a schedule for every store, or for one when a person requests it."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import RetryLater, UnknownStore, UnreadableEvent
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request
from tillbridge.ports.clock import Clock
from tillbridge.ports.dead_letters import DeadLetters
from tillbridge.ports.reconcile_queue import ReconcileQueue
from tillbridge.ports.runs import Runs
from tillbridge.ports.stores import Stores
from tillbridge.usecases.connected import is_connected
from tillbridge.usecases.fence import Fault, best_effort, note

log = logging.getLogger(__name__)

LOOK_BACK = 30
"""How many recent runs are searched for the last one that ended."""


@dataclass(frozen=True, slots=True)
class StartDeps:
    """What starting a run needs. `read` turns an event into a store (None: all of them) and a
    request, or raises UnreadableEvent."""

    read: Callable[[dict[str, Any]], tuple[StoreId | None, Request]]
    stores: Stores
    runs: Runs
    queue: ReconcileQueue
    dead_letters: DeadLetters
    clock: Clock


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
    if store is not None:
        deps.queue.send(store, request)
        return 1
    started = 0
    for each in deps.stores.all():
        with best_effort("starting a run", each):  # the next schedule starts it
            deps.queue.send(each, request)
            started += 1
    return started


def oldest_good_run_ms(deps: StartDeps) -> int:
    """Return the milliseconds since the last run that ended, of the store where that is longest. A
    store without any run does not count, nor does one that a person paused; one whose runs cannot be
    read counts as never compared."""
    now = deps.clock.now_ms()
    return max((_since_good_run_ms(deps, store, now) for store in deps.stores.all()), default=0)


def _since_good_run_ms(deps: StartDeps, store: StoreId, now_ms: int) -> int:
    try:
        connection = deps.stores.find(store)
        if connection is None or connection.state is StoreState.PAUSED:
            return 0
        runs = deps.runs.recent(store, LOOK_BACK)
    except RetryLater as trouble:
        log.warning("runs are not read", extra={"store_id": store, "why": str(trouble)})
        return 0  # the next schedule reads them
    except Exception as error:  # noqa: BLE001 - noted; it is this store's alone
        note(Fault(error, "reading the runs", store))
        return now_ms
    ended = [run.ended_ms for run in runs if run.ended]
    return now_ms - max(ended, default=min((run.started_ms for run in runs), default=now_ms))
