"""The memory of imports; it keeps the promises of `tillbridge.ports.imports`."""

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.ports.imports import Outcome


class FakeImports:
    """`outcomes` and `pages` are for assertions."""

    def __init__(self) -> None:
        self._intents: dict[tuple[StoreId, StoreProductId], tuple[str, ...]] = {}
        self.outcomes: dict[tuple[StoreId, str, StoreProductId], Outcome] = {}
        self.pages: dict[tuple[StoreId, str, int], tuple[int, bool]] = {}
        self._lock = Lock()

    def intents(
        self, store: StoreId, products: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, tuple[str, ...]]:
        with self._lock:
            return {p: self._intents[store, p] for p in products if (store, p) in self._intents}

    def begin(
        self, store: StoreId, product: StoreProductId, skus: Sequence[str]
    ) -> tuple[str, ...]:
        with self._lock:
            return self._intents.setdefault((store, product), tuple(skus))

    def change_skus(self, store: StoreId, product: StoreProductId, skus: Sequence[str]) -> None:
        with self._lock:
            self._intents[store, product] = tuple(skus)

    def end(self, store: StoreId, product: StoreProductId) -> None:
        with self._lock:
            self._intents.pop((store, product), None)

    def report(self, store: StoreId, request: str, outcomes: Iterable[Outcome]) -> None:
        with self._lock:
            for outcome in outcomes:
                self.outcomes.setdefault((store, request, outcome.web), outcome)

    def planned(self, store: StoreId, request: str, after: int, found: int, *, more: bool) -> None:
        with self._lock:
            self.pages[store, request, after] = (found, more)

    def kinds(self) -> dict[int, str]:
        """Return the outcome of each product, by BigCommerce id."""
        return {int(o.web): o.kind for o in self.outcomes.values()}
