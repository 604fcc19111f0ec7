"""The jobs: what people asked for, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tillbridge.domain.connection import Connection
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import StoreId
from tillbridge.domain.jobs import Job
from tillbridge.ports.imports import Outcome

MOST_LEFT = 40_000
"""So many rows are counted of what is left."""

MOST_NAMED = 2_000
"""So many products are named of those that wait."""

MOST_TOLD = 10_000
"""So many outcomes are read of a job, failures first."""


@dataclass(frozen=True, slots=True)
class Left:
    """Rows that still wait for a job. `more`: there are more than were counted. `products`: the first of them;
    requests about links are not among these."""

    count: int
    more: bool = False
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A job's newest outcome of each product, by its id, and when it came about (epoch ms); `more`: there are
    more than were read. `places`: where the history keeps each."""

    did: Mapping[str, Did]
    more: bool = False
    at_ms: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """How far the import of a request is: `found` products so far, all of them when `all_found`, and the outcomes
    there are."""

    found: int
    all_found: bool
    outcomes: tuple[Outcome, ...]


class Jobs(Protocol):
    """Jobs are kept for 30 days. Every call may raise RetryLater."""

    def begin(self, job: Job) -> None:
        """Keep a job, unless it is there already."""
        ...

    def take_in(self, job: Job, offset: int, products: int) -> None:
        """Note that so many products of a job, from this place on, were taken in; noted twice, they count once.
        Keep the job, unless it is there. Of one of more than MOST_NOTED products nothing else is noted."""
        ...

    def note_empty(self, job: Job, at_ms: int) -> None:
        """Note since when nothing was left of a job (epoch ms); 0: something is."""
        ...

    def end(self, job: Job, at_ms: int, *, done: int, failed: int) -> None:
        """Note that a job has ended, and how, unless that was noted."""
        ...

    def get(self, store: StoreId, job: str) -> Job | None:
        """Return a job of this store; None when there is none."""
        ...

    def with_store(self, store: StoreId, job: str) -> tuple[Job | None, Connection | None]:
        """Return a job and the connection of its store as people are told of it (`Stores.as_told`), without its POS
        account, in one request. Raise
        UnreadableStore."""
        ...

    def newest(self, store: StoreId, limit: int, *, after: str = "") -> Sequence[Job]:
        """Return jobs, newest first, from behind the job `after` on."""
        ...

    def left(self, store: StoreId, job: str) -> Left:
        """Count the pending rows that the job marked and that wait still, MOST_LEFT at most. What was marked or
        went a moment ago may be missing here, or be here still."""
        ...

    def outcomes(self, store: StoreId, job: str) -> Outcomes:
        """Return what became of each product of the job, as far as it is known; a moment ago as of `left`."""
        ...

    def words(self, store: StoreId, told: Outcomes, products: Sequence[str]) -> Mapping[str, str]:
        """Return what the history says in words of these outcomes, a hundred at most."""
        ...

    def lines(
        self, store: StoreId, told: Outcomes, products: Sequence[str]
    ) -> Mapping[str, ProductLine]:
        """Return what the history says of these outcomes, as far as it can be read."""
        ...

    def imported(self, store: StoreId, job: str) -> Imported:
        """Return how far an import is."""
        ...
