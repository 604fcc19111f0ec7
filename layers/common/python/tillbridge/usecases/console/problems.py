"""What is not online as it should be: by cause, and by whose turn it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.domain.backlog import LaneBacklog, StoreFigures
from tillbridge.domain.causes import Cause, Whose, cause_of
from tillbridge.domain.connection import Connection
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.view_rows import POS, WEB, RowState
from tillbridge.ports.listing import Causes
from tillbridge.usecases.console.overview import GlanceDeps, oversold_lately
from tillbridge.usecases.console.part import part

MOST_READ = 500
"""Products of a state that are read to be counted by cause."""

NAMED = 3
"""Products of a cause that are named."""

_GROUPS_NAMED = 33
"""Groups whose products are named: rows of 100 products are one request."""

STATES = (RowState.FAILED, RowState.BROKEN, RowState.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Group:
    """The products that a cause holds back: how many (`more`: at least), and the names of the first."""

    cause: Cause
    count: int
    more: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TriedAgain:
    """Rows of a lane that were tried before, or wait beside one that was: how many, when the event of the oldest
    happened (epoch ms), and the most tries of one."""

    lane: str
    count: int
    oldest_ms: int
    tries: int


@dataclass(frozen=True, slots=True)
class Problems:
    """What is wrong in a store. `tried`, as of `swept_ms` (epoch ms; 0: no sweep ever ran), is None when it cannot be read; `oversold`,
    the last week's, likewise. `drift`: the last comparison of everything
    and the last one, where they found drift that they did not repair. `unread`: the states
    whose products could not be read; `cut`: those of which there are more than were counted, so that causes may be missing."""

    figures: StoreFigures
    now_ms: int
    swept_ms: int
    groups: tuple[Group, ...] = ()
    tried: tuple[TriedAgain, ...] | None = ()
    drift: tuple[EndedRun, ...] = ()
    oversold: Sequence[Oversold] | None = ()
    unread: tuple[RowState, ...] = ()
    cut: tuple[RowState, ...] = ()

    def of(self, whose: Whose) -> list[Group]:
        """Return the groups of whose turn it is, the largest first."""
        found = [group for group in self.groups if group.cause.whose is whose]
        return sorted(found, key=lambda group: (-group.count, group.cause.code))

    @property
    def attention(self) -> Connection | None:
        """Return the connection of a store that needs attention as a whole; None of any other."""
        connection = self.figures.connection
        return connection if connection and connection.attention_code else None

    @property
    def nothing(self) -> bool:
        """Return whether all was read, and nothing is wrong."""
        whole = not self.unread and self.tried is not None and self.oversold is not None
        found = self.groups or self.tried or self.oversold or self.drift or self.attention
        return whole and not found


def problems(deps: GlanceDeps, store: StoreId, cause: str = "") -> Problems:
    """Return what is wrong, of one cause alone where its code is given: six requests. Raise UnknownStore, and
    RetryLater when nothing can be read."""
    told = deps.store_list.figures([store])
    figures = told.stores.get(store)
    if figures is None:
        raise UnknownStore(store)
    now_ms = deps.clock.now_ms()
    by_state = {state: _causes(deps, store, state) for state in STATES}
    read = {state: found for state, found in by_state.items() if found is not None}
    groups = _groups(deps, store, read)
    return Problems(
        figures,
        now_ms,
        told.swept_ms,
        tuple(group for group in groups if not cause or group.cause.code == cause),
        tried_again(figures),
        _drift(figures),
        part(store, "oversold", lambda: oversold_lately(deps, store, now_ms)),
        unread=tuple(state for state, found in by_state.items() if found is None),
        cut=tuple(state for state, found in read.items() if found.more),
    )


def tried_again(figures: StoreFigures) -> tuple[TriedAgain, ...] | None:
    """Return the lanes with a row that was tried before, the most tried first; None when nobody can read what
    waits. Orders that wait for the POS are told with the orders."""
    backlog = figures.entry.backlog if figures.entry else {}
    if backlog is None:
        return None
    found = [_tried(lane, of) for lane, of in backlog.items() if of.tries and lane != Lane.BOOK]
    return tuple(sorted(found, key=lambda each: (-each.tries, each.lane)))


def _tried(lane: str, of: LaneBacklog) -> TriedAgain:
    return TriedAgain(lane, of.count, of.oldest_ms, of.tries)


def _causes(deps: GlanceDeps, store: StoreId, state: RowState) -> Causes | None:
    side = WEB if state is RowState.LEFT_OUT else POS
    return part(store, state, lambda: deps.listing.causes(store, side, state, MOST_READ))


def _groups(deps: GlanceDeps, store: StoreId, read: Mapping[RowState, Causes]) -> tuple[Group, ...]:
    found: list[tuple[Cause, tuple[str, ...], bool]] = []
    for state, causes in read.items():
        last = list(causes.products)[-1:]
        for code, ids in causes.products.items():
            found.append((cause_of(state, code), ids, causes.more and code in last))
    wanted = [(cause.side, id_) for cause, ids, _ in found[:_GROUPS_NAMED] for id_ in ids[:NAMED]]
    rows = part(store, "names", lambda: deps.listing.named(store, wanted)) if wanted else {}
    return tuple(
        Group(
            cause,
            len(ids),
            more,
            tuple(
                row.name or row.id
                for id_ in ids[:NAMED]
                if (row := (rows or {}).get((cause.side, id_)))
            ),
        )
        for cause, ids, more in found
    )


def _drift(figures: StoreFigures) -> tuple[EndedRun, ...]:
    # The hourly run reads only what changed since: that it found nothing ends nothing that the nightly one found.
    entry = figures.entry
    runs = dict.fromkeys((entry.last_full, entry.last_run)) if entry else {}
    return tuple(run for run in runs if run is not None and run.drift > run.repaired)
