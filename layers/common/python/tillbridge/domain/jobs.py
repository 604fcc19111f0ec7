"""A job: what a person asked for, from the request to the last product's outcome."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.ids import StoreId
from tillbridge.domain.selection import Do


@dataclass(frozen=True, slots=True)
class Job:
    """A request. `id` is that of its event, or what all its events share. `total`: products that it names; 0
    while an import of all does not know it. `by`: who asked. `asked_ms` is epoch ms."""

    id: str
    store: StoreId
    do: Do
    by: str
    asked_ms: int
    total: int
    plan: str = ""


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
    where the next page of them begins, '' at the end."""

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
