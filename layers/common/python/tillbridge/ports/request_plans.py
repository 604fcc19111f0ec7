"""The plans of requests, kept for a day."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import RequestPlan


class RequestPlans(Protocol):
    """Every call may raise RetryLater."""

    def keep(self, plan: RequestPlan, ids: Sequence[str]) -> None:
        """Keep a new plan, and the ids of the products that something is done with."""
        ...

    def get(self, store: StoreId, plan: str) -> RequestPlan | None:
        """Return a plan of this store; None when there is none, or it is older than a day."""
        ...

    def ids(self, store: StoreId, plan: str) -> Iterator[str]:
        """Yield the ids that were kept with a plan."""
        ...

    def carry_out(self, store: StoreId, plan: str, job: str, now_ms: int) -> bool:
        """Note that this job carries out the plan. Return whether the caller is to ask for it: nobody does, or
        who began to has not told within half a minute that all of it was asked for."""
        ...

    def let_go(self, store: StoreId, plan: str) -> None:
        """Note that who began to ask for a plan gave up: the next may begin at once."""
        ...

    def asked(self, store: StoreId, plan: str) -> None:
        """Note that all of a plan was asked for."""
        ...
