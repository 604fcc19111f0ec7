"""What exact plans found, in dicts; it keeps the promises of its port."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tests.fakes.clock import FakeClock
from tillbridge.domain.exact_plan import A_PAGE, Exact, ExactProduct, ExactState, Guard
from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import KEPT_MS
from tillbridge.ports.clock import Clock


class FakeExactPlans:
    """`asked` names each call that read guards."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or FakeClock()
        self._exact: dict[tuple[StoreId, str], tuple[Exact, int]] = {}
        self._pages: dict[tuple[StoreId, str, int], tuple[ExactProduct, ...]] = {}
        self._guards: dict[tuple[StoreId, str], Guard] = {}
        self.asked: list[Sequence[str]] = []

    def forget(self) -> None:
        self._exact.clear()
        self._guards.clear()

    def get(self, store: StoreId, plan: str) -> Exact | None:
        exact, at_ms = self._exact.get((store, plan), (None, 0))
        return exact if self._clock.now_ms() < at_ms + KEPT_MS else None

    def save(self, store: StoreId, exact: Exact, guard: Guard | None = None) -> bool:
        there = self.get(store, exact.plan)
        if there is not None and there.state is ExactState.READY:
            return False
        self._exact[store, exact.plan] = (replace(exact), self._clock.now_ms())
        if guard is not None:
            self._guards[store, exact.plan] = dict(guard)
        return True

    def add_page(
        self, store: StoreId, plan: str, page: int, products: Sequence[ExactProduct]
    ) -> None:
        self._pages[store, plan, page] = tuple(products)

    def page(self, store: StoreId, plan: str, page: int) -> Sequence[ExactProduct]:
        return self._pages.get((store, plan, page), ())

    def products(self, store: StoreId, exact: Exact) -> Iterator[ExactProduct]:
        for page in range(-(-exact.done // A_PAGE)):
            yield from self.page(store, exact.plan, page)

    def guards(self, store: StoreId, plans: Sequence[str]) -> Mapping[str, Guard]:
        self.asked.append(list(plans))
        return {p: self._guards[store, p] for p in plans if (store, p) in self._guards}
