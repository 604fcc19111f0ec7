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

    def save(self, store: StoreId, exact: Exact) -> bool:
        """Write it over its former state, unless that is ready. Return whether it was written."""
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

    def keep_guard(self, store: StoreId, plan: str, guard: Guard) -> None:
        """Keep what pushes ask a plan. Where it is too much for one row, the last products are left out."""
        ...
