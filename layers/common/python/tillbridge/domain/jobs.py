"""A job: what a person asked for, from the request to the last product's outcome."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.ids import StoreId
from tillbridge.domain.selection import Do

EMPTY_FOR_MS = 5_000
"""Nothing was left at two looks so far apart: what counts rows lags behind them."""

SETTLED_MS = 10 * 60_000
"""After so long a job is taken in, as far as it ever will be."""

MOST_NOTED = 2_000
"""Of requests that name no more products it is noted which of their events were taken in."""


LONGEST_ID = 64
"""The most characters of a job's id (contracts/events)."""


@dataclass(frozen=True, slots=True)
class Job:
    """A request. `id` is that of its event, or what all its events share. `total`: products that it names; 0
    while an import of all does not know it. `by`: who asked. `asked_ms` is epoch ms. `taken`: products of its
    events that were taken in, as far as that is noted. `empty_ms`: since when nothing was left of it at every
    look. `ended_ms`: when it was first seen to have ended, with `done` and `failed` products; 0 before."""

    id: str
    store: StoreId
    do: Do
    by: str
    asked_ms: int
    total: int
    plan: str = ""
    taken: int = 0
    empty_ms: int = 0
    ended_ms: int = 0
    done: int = 0
    failed: int = 0


class JobState(StrEnum):
    """`waits`: the store is paused or needs attention, and the job goes on after that."""

    RUNNING = "running"
    WAITS = "waits"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class JobLine:
    """One product of a job as its page shows it. `outcome`: 'failed', 'waiting', 'done' or 'taken_over' (a later
    request has the product). `other`: the product's id on the other side. `at_ms`: when it was done."""

    product: str
    name: str
    outcome: str
    words: str = ""
    other: str = ""
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: products done, failed and left. `more_left`: more are left than were counted. `seconds`:
    what it will take about; None when nobody can tell. `lines`: failed first, then waiting, then done; `after`:
    where the next page of them begins, '' at the end. `undo_until_ms`: until when it may be undone (epoch ms);
    0: not yet, or there is nothing to undo."""

    job: Job
    state: JobState
    done: int
    failed: int
    left: int
    more_left: bool = False
    seconds: int | None = None
    words: str = ""
    lines: tuple[JobLine, ...] = ()
    after: str = ""
    undo_until_ms: int = 0


UNDO_KEPT_MS = 90 * 24 * 3_600_000
"""So long what pushes replaced is kept."""


def all_told(job: Job, told: int) -> bool:
    """Return whether each product that a job names has an outcome."""
    return 0 < job.total <= told


def is_taken_in(job: Job, now_ms: int) -> bool:
    """Return whether nothing more of a job can come in: events under way are no rows yet."""
    return 0 < job.total <= job.taken or now_ms - job.asked_ms >= SETTLED_MS


def has_ended(job: Job, told: int, now_ms: int) -> bool:
    """Return whether a job of which nothing is left has ended. `told`: products with an outcome; of others a
    later request took the rows over."""
    if all_told(job, told):
        return True
    seen = job.empty_ms > 0 and now_ms - job.empty_ms >= EMPTY_FOR_MS
    return seen and is_taken_in(job, now_ms)
