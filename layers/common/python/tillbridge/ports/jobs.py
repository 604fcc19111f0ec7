"""The jobs: what people asked for, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.history.product_line import Did
from tillbridge.domain.ids import StoreId
from tillbridge.domain.jobs import Job


@dataclass(frozen=True, slots=True)
class Left:
    """Rows that still wait for a job. `more`: there are more than were counted."""

    count: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A job's newest outcome of each product, by its id; `more`: there are more than were read."""

    did: Mapping[str, Did]
    more: bool = False


class Jobs(Protocol):
    """Jobs are kept for 30 days. Every call may raise RetryLater."""

    def begin(self, job: Job) -> None:
        """Keep a job, unless it is there already."""
        ...

    def get(self, store: StoreId, job: str) -> Job | None:
        """Return a job of this store; None when there is none."""
        ...

    def newest(self, store: StoreId, limit: int, *, after: str = "") -> Sequence[Job]:
        """Return jobs, newest first, from behind the job `after` on."""
        ...

    def left(self, store: StoreId, job: str) -> Left:
        """Count the pending rows that the job marked and that wait still."""
        ...

    def outcomes(self, store: StoreId, job: str) -> Outcomes:
        """Return what became of each product of the job, as far as it is known."""
        ...
