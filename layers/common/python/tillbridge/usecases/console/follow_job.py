"""How far a job is."""

from collections.abc import Sequence

from tillbridge.domain.ids import StoreId
from tillbridge.domain.jobs import Progress
from tillbridge.usecases.console.deps import ConsoleDeps


def follow_job(deps: ConsoleDeps, store: StoreId, job: str, *, after: str = "") -> Progress | None:
    """Return how far a job is, with a page of its products; None when this store has no such job."""
    raise NotImplementedError


def newest_jobs(
    deps: ConsoleDeps, store: StoreId, *, after: str = "", limit: int = 20
) -> Sequence[Progress]:
    """Return the newest jobs, each without its products."""
    raise NotImplementedError
