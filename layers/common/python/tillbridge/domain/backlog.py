"""What waits in the table of pending rows, store by store and lane by lane, and which stores the
sweep signals because of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from tillbridge.domain.connection import Connection, StoreState, WebOrderMode
from tillbridge.domain.ended_run import EndedRun
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import HourLags
from tillbridge.domain.pos_trouble import PosTrouble


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits in a lane, or a link request. No drain takes it before `due_ms` (epoch ms);
    `queued_ms` is when its event happened (epoch ms)."""

    store: StoreId
    lane: str
    due_ms: int = 0
    queued_ms: int = 0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class LaneBacklog:
    """The rows of one lane: how many, when the event of the oldest happened (epoch ms), and the most
    attempts that one of them had."""

    count: int = 0
    oldest_ms: int = 0
    tries: int = 0

    def with_row(self, row: Waiting) -> "LaneBacklog":
        """Return the figures with one more row. One that does not say since when it waits hides no other."""
        oldest = min(
            each or row.queued_ms for each in (self.oldest_ms, row.queued_ms or self.oldest_ms)
        )
        return LaneBacklog(self.count + 1, oldest, max(self.tries, row.tries))


type Backlog = Mapping[str, LaneBacklog]
"""The figures of a store, by lane; a lane in which nothing waits is left out."""

type ScanPlace = Mapping[int, tuple[str, str] | None]
"""How far the table of pending rows was read: for each segment that is not at its end, the key after
which it goes on, None at its beginning. Empty at the end of all."""

SEGMENTS = 4
"""The table is read in this many parts side by side."""

BEGINNING: ScanPlace = dict.fromkeys(range(SEGMENTS))


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """A store as the list of stores has it. `backlog` is None when nobody can read it. `counting`
    holds the figures of a reading of the table that is not at its end. `compared_ms`: when the last
    run of reconcile ended or, before the first end, when the first began (epoch ms); None without
    any run. `last_run`: the last that ended, and `last_full` the last of all products; None where nobody
    noted any. `pos_trouble`: that of its POS account, None while all is well there."""

    store: StoreId
    backlog: Backlog | None = field(default_factory=dict)
    counting: Backlog = field(default_factory=dict)
    compared_ms: int | None = None
    last_run: EndedRun | None = None
    last_full: EndedRun | None = None
    pos_trouble: PosTrouble | None = None


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What the pages tell of a store before anything else is read. `connection`: None where it cannot be read;
    it knows nothing of its POS account but the name, and needs attention where that does. `hour`: the lags of the running hour of its drain, None
    where they cannot be read."""

    store: StoreId
    connection: Connection | None = None
    entry: StoreEntry | None = None
    hour: HourLags | None = field(default_factory=HourLags)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of stores. `swept_ms`: when the sweep last counted what waits, in all stores (epoch ms; 0
    never): each `backlog` is as of then."""

    swept_ms: int
    stores: Mapping[StoreId, StoreFigures]


class Call(Enum):
    """When the sweep signals a store."""

    NOW = auto()
    IF_DUE = auto()
    NEVER = auto()


def call_for(connection: Connection | None, now_ms: int) -> Call:
    """Return when to signal a store; None is a connection that nobody can read.

    An unreadable one is signalled, because its own slice then shows what is wrong. One that waits
    after a failure is signalled when its wait is over, though nothing is due: only a slice that
    succeeds ends the store's outage. One whose web orders are read is signalled too: its slice reads them
    where they were not read for almost as long as a sweep takes to come back, which it alone knows."""
    if connection is None:
        return Call.NOW
    if connection.state is StoreState.PAUSED or connection.not_before_ms > now_ms:
        return Call.NEVER
    troubled = connection.failures or connection.state is StoreState.NEEDS_ATTENTION
    orders = connection.settings.web_orders is not WebOrderMode.OFF
    return Call.NOW if troubled or orders else Call.IF_DUE


LONG_PAUSE_MS = 86_400_000
"""After a day somebody is told that a store is paused: its web shop sells what the till no longer has."""


def is_paused_long(connection: Connection, now_ms: int) -> bool:
    """Return whether a store is paused for more than a day, or by a release that did not note since when."""
    paused = connection.state is StoreState.PAUSED
    return paused and now_ms - connection.pause.since_ms > LONG_PAUSE_MS


@dataclass(slots=True)
class Swept:
    """What a sweep saw and did. `rows`: what waits, due or not; `strays`: those of them whose store
    is not connected. `needing_attention`, `paused_long`: stores of which people are told by these two figures, so
    neither they nor any store that is paused count in what follows. `oldest_ms`: when the oldest event happened for which a row waits, lane
    by lane (epoch ms). `orders_read_ms`: when the web orders were last read to the end, of the store where that is
    longest ago; `compared_ms`: the same of its last run (epoch ms, None without any store; 0: nobody can
    say). `whose`: the store of each of these, by lane, `orders` and `compared`. `whole`: the table was read to its end. `with_orders`: stores whose POS is to be told of web orders.
    `failed`: what could not be read or signalled. `canaries_late`: stores where nothing got through for half an
    hour."""

    stores: int = 0
    signalled: int = 0
    needing_attention: int = 0
    paused_long: int = 0
    rows: int = 0
    strays: int = 0
    oldest_ms: dict[str, int] = field(default_factory=dict)
    orders_read_ms: int | None = None
    compared_ms: int | None = None
    whose: dict[str, StoreId] = field(default_factory=dict)
    whole: bool = False
    with_orders: int = 0
    failed: int = 0
    canaries_late: int = 0
