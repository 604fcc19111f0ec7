"""The sweep: the net below lost signals and wakes, for every store at once."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched

from tillbridge.domain.backlog import (
    BEGINNING,
    Call,
    LaneBacklog,
    ScanPlace,
    StoreEntry,
    Swept,
    Waiting,
    call_for,
    is_paused_long,
)
from tillbridge.domain.canary import Canary, is_due, is_late
from tillbridge.domain.connection import Connection, StoreState, WebOrderMode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import MEASURED, Lane
from tillbridge.ports.canary_bus import CanaryBus
from tillbridge.ports.clock import Clock
from tillbridge.ports.pending_scan import PendingScan
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_list import StoreList
from tillbridge.usecases.delete_leftovers import LeftoverDeps, delete_leftovers
from tillbridge.usecases.fence import best_effort

log = logging.getLogger(__name__)

READ_AT_ONCE = 100
"""Connections in one call to the database; a call that fails leaves the others' stores known."""

SIGNALLED_AT_ONCE = 10

_ANY = StoreId("")
"""Of no store alone."""

LONGEST_MS = 180_000
"""After this long it reads no further page, so that what is still to be written fits its function's
timeout."""


@dataclass(frozen=True, slots=True)
class SweepDeps:
    """What the sweep needs. `signals` start a store's drain, `order_signals` what tells its POS of web
    orders."""

    pending: PendingScan
    stores: StoreList
    signals: Signals
    order_signals: Signals
    clock: Clock
    canaries: CanaryBus
    leftovers: LeftoverDeps


@dataclass(slots=True)
class _Sweep:
    """A sweep under way. `calls` has every store that may be signalled at all, `paused` those that are, `ill` those
    that need attention, `reads_orders` the others whose web orders are read and since when they count (epoch ms), `with_orders` those whose POS is to be told of
    web orders."""

    deps: SweepDeps
    now_ms: int
    calls: dict[StoreId, Call] = field(default_factory=dict)
    paused: set[StoreId] = field(default_factory=set)
    ill: set[StoreId] = field(default_factory=set)
    reads_orders: dict[StoreId, int] = field(default_factory=dict)
    with_orders: dict[StoreId, None] = field(default_factory=dict)
    found: dict[StoreId, dict[str, LaneBacklog]] = field(default_factory=lambda: defaultdict(dict))
    to_signal: dict[StoreId, None] = field(default_factory=dict)
    removed: frozenset[StoreId] = frozenset()
    signalled: set[StoreId] = field(default_factory=set)
    canaries: list[StoreId] = field(default_factory=list)
    swept: Swept = field(default_factory=Swept)


def sweep(deps: SweepDeps) -> Swept:
    """Signal every connected store that has due rows or link requests, or whose wait after a failure
    is over, but none that is paused or waits. Keep how much waits in each lane in the list of stores.

    Where the time is over before the table was read to its end, the next sweep goes on from there.
    Where a part of the table could not be read or a store not be signalled, `failed` says so: it is to be
    done again then, but what was seen is told."""
    state = _Sweep(deps, deps.clock.now_ms())
    entries = deps.stores.entries()
    with best_effort("reading which stores were removed", _ANY):
        state.removed = frozenset(each.store for each in deps.leftovers.removals.removed())
    state.swept.stores = len(entries)
    for some in batched(entries, READ_AT_ONCE, strict=False):
        _know(state, [entry.store for entry in some])
    _tell_canaries(state)
    _signal(state, (store for store, call in state.calls.items() if call is Call.NOW))
    place = deps.stores.place()
    if place:
        state.found.update({entry.store: {**entry.counting} for entry in entries})
    left = _read(state, place or BEGINNING)
    _send(state, everything=True)
    _send_orders(state)
    state.swept.whole = not left
    _measure(state, entries)
    _keep(state, entries, place, left)
    with best_effort("deleting removed stores", _ANY):
        delete_leftovers(deps.leftovers)
    return state.swept


def _know(state: _Sweep, stores: list[StoreId]) -> None:
    """Find out when these stores are signalled. When the database is busy, they are when they have
    due rows."""
    try:
        connections = state.deps.stores.connections(stores)
    except RetryLater:
        state.swept.failed += 1
        log.exception("stores cannot be read", extra={"stores": len(stores)})
        state.calls.update(dict.fromkeys(stores, Call.IF_DUE))
        return
    for store, connection in connections.items():
        state.calls[store] = call_for(connection, state.now_ms)
        if connection is not None:
            _see(state, store, connection)


def _see(state: _Sweep, store: StoreId, connection: Connection) -> None:
    state.swept.paused_long += is_paused_long(connection, state.now_ms)
    if connection.state is StoreState.PAUSED:
        state.paused.add(store)
    elif connection.state is StoreState.NEEDS_ATTENTION:
        state.swept.needing_attention += 1
        state.ill.add(store)
    elif connection.settings.web_orders is not WebOrderMode.OFF:
        state.reads_orders[store] = connection.web_orders_since_ms
    if connection.canary is not None and store not in state.paused:
        _see_canary(state, store, connection.canary)


def _see_canary(state: _Sweep, store: StoreId, canary: Canary) -> None:
    if is_due(canary, state.now_ms):
        state.canaries.append(store)
    if is_late(canary, state.now_ms) and store not in state.ill:
        state.swept.canaries_late += 1
        log.warning("nothing got through for half an hour", extra={"store_id": store})


def _tell_canaries(state: _Sweep) -> None:
    # The next sweep asks again for those that were missed: nobody else waits for them.
    if not state.canaries:
        return
    try:
        missed = state.deps.canaries.due(state.canaries)
    except RetryLater:
        missed = state.canaries
    if missed:
        log.error("canaries could not be asked for", extra={"stores": list(missed)[:100]})


def _read(state: _Sweep, place: ScanPlace) -> ScanPlace:
    """Read the pending rows from a place on, signal as they are read, and return the place that was
    reached. A busy segment is left for the next sweep."""
    clock, until = state.deps.clock, state.now_ms + LONGEST_MS
    going, left = dict(place), dict(place)
    while going and clock.now_ms() < until:
        for page in state.deps.pending.pages(going):
            if page.busy:
                state.swept.failed += 1
                del going[page.segment]
                continue
            for row in page.rows:
                _count(state, row)
            if page.after is None:
                del going[page.segment], left[page.segment]
            else:
                going[page.segment] = left[page.segment] = page.after
        _send(state, everything=False)
    return left


def _count(state: _Sweep, row: Waiting) -> None:
    state.swept.rows += 1
    call = state.calls.get(row.store)
    if call is None:  # nobody connected this store, or not any more: its rows wait for that
        state.swept.strays += row.store not in state.removed
        return
    lanes = state.found[row.store]
    lanes[row.lane] = lanes.get(row.lane, LaneBacklog()).with_row(row)
    if row.due_ms > state.now_ms:
        return
    if row.lane == Lane.BOOK:
        # A store that BigCommerce refuses still tells its POS.
        state.with_orders.update({} if row.store in state.paused else {row.store: None})
    elif call is Call.IF_DUE:
        _signal(state, [row.store])


def _signal(state: _Sweep, stores: Iterable[StoreId]) -> None:
    state.to_signal.update(dict.fromkeys(s for s in stores if s not in state.signalled))


def _send(state: _Sweep, *, everything: bool) -> None:
    """Signal stores in full calls; what does not fill one waits for the end."""
    waiting = list(state.to_signal)
    ready = (
        waiting if everything else waiting[: len(waiting) // SIGNALLED_AT_ONCE * SIGNALLED_AT_ONCE]
    )
    if not ready:
        return
    missed = state.deps.signals.signal_all(ready)
    state.to_signal = dict.fromkeys(waiting[len(ready) :])
    state.signalled.update(ready)
    state.swept.signalled += len(ready) - len(missed)
    state.swept.failed += len(missed)
    if missed:
        log.error("stores could not be signalled", extra={"stores": missed[:100]})


def _send_orders(state: _Sweep) -> None:
    stores = list(state.with_orders)
    missed = state.deps.order_signals.signal_all(stores) if stores else ()
    state.swept.with_orders = len(stores) - len(missed)
    state.swept.failed += len(missed)
    if missed:
        log.error("stores with web orders could not be signalled", extra={"stores": missed[:100]})


def _keep(state: _Sweep, entries: Sequence[StoreEntry], before: ScanPlace, left: ScanPlace) -> None:
    """Write the figures that changed: of a whole reading, or of a part and then its place."""
    stores = state.deps.stores
    found = {entry.store: state.found.get(entry.store, {}) for entry in entries}
    if left:
        # The place comes second: a kill between them counts rows twice, and loses none.
        stores.keep_counting(
            {e.store: found[e.store] for e in entries if found[e.store] != e.counting}
        )
        stores.keep_place(left)
        return
    changed = [e.store for e in entries if found[e.store] != e.backlog or e.counting]
    stores.keep_backlogs({store: found[store] for store in changed})
    stores.keep_swept(state.now_ms)
    if before:
        stores.keep_place({})


def _measure(state: _Sweep, entries: Sequence[StoreEntry]) -> None:
    """Fill in what alarms watch. A store that is paused or needs attention is told of by figures of its own: one
    that nobody cares for must not keep these high for ever, and so hide the others."""
    told = state.paused | state.ill
    swept, watched = state.swept, {s: lanes for s, lanes in state.found.items() if s not in told}
    for lane in MEASURED:
        waits = {store: lanes[lane].oldest_ms for store, lanes in watched.items() if lane in lanes}
        known = {store: at_ms for store, at_ms in waits.items() if at_ms}
        swept.oldest_ms[lane] = _earliest(state, lane, known) or 0
    compared = {
        each.store: each.compared_ms
        for each in entries
        if each.store not in told and each.compared_ms is not None
    }
    swept.compared_ms = _earliest(state, "compared", compared)
    try:
        read = state.deps.stores.orders_read(list(state.reads_orders))
    except RetryLater:
        swept.failed += 1
        log.exception("it cannot be read when web orders were read")
        return
    since = {store: max(at_ms, read.get(store, 0)) for store, at_ms in state.reads_orders.items()}
    swept.orders_read_ms = _earliest(state, "orders", since)


def _earliest(state: _Sweep, figure: str, times: Mapping[StoreId, int]) -> int | None:
    """Return the earliest of these times, and note whose it is: whoever is woken looks for one store of many."""
    if not times:
        return None
    state.swept.whose[figure] = store = min(times, key=lambda each: (times[each], each))
    return times[store]
