"""What exact plans found, kept for a day."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tillbridge.domain.exact_plan import Exact, ExactProduct, Guard
from tillbridge.domain.ids import StoreId


class Guards(Protocol):
    """What pushes ask of plans."""

    def guards(self, store: StoreId, plans: Sequence[str]) -> Mapping[str, Guard]:
        """Return what these plans named as lost, in one request; plans that were not compared are missing. Raise
        RetryLater."""
        ...


class ExactPlans(Guards, Protocol):
    """Every call may raise RetryLater."""

    def get(self, store: StoreId, plan: str) -> Exact | None:
        """Return how far the comparison for a plan is; None when nobody asked for one, or it is older than a
        day."""
        ...

    def save(self, store: StoreId, exact: Exact, guard: Guard | None = None) -> bool:
        """Write it over its former state, unless that is ready, and with it what pushes ask of the plan, if that is
        given: where it is too much for one row, the last products are left out. Return whether it was written; else
        nothing was."""
        ...

    def add_page(
        self, store: StoreId, plan: str, page: int, products: Sequence[ExactProduct]
    ) -> None:
        """Keep a page of products; writing it again replaces it."""
        ...

    def page(self, store: StoreId, plan: str, page: int) -> Sequence[ExactProduct]:
        """Return a page of products in their order; empty when there is none."""
        ...

    def products(self, store: StoreId, exact: Exact) -> Iterator[ExactProduct]:
        """Yield every product that was compared, in their order."""
        ...
