"""A world in which plans are compared exactly, for tests."""

from dataclasses import dataclass

from tests.builders import STORE
from tests.fakes.console import FakeRequestPlans
from tests.reconcile_world import ReconcileWorld
from tillbridge.domain.exact_plan import Exact, ExactProduct
from tillbridge.domain.request_plan import RequestPlan
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.reconcile.exact_plan import ExactDeps, make_exact

PLAN = "01KAJ8Z3M000000000000000P0"


@dataclass
class ExactWorld(ReconcileWorld):
    """`plans` keeps plans, `exact` what was compared for them."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.plans = FakeRequestPlans(self.clock)
        self.exact_deps = ExactDeps(self.reconcile_deps, self.plans, self.exact)

    def plan(self, *ids: str, do: Do = Do.PUSH) -> RequestPlan:
        """Keep a new plan of these products, or of these pairs."""
        self.exact.forget()
        made = RequestPlan(
            PLAN, STORE, do, Selection("pos", ids=ids), "Mia", self.clock.now_ms(), updates=len(ids)
        )
        self.plans.keep(made, ids)
        return made

    def compare(self) -> Exact:
        """Compare the plan's products to the end, slice after slice."""
        exact = make_exact(STORE, PLAN, self.exact_deps)
        while self.queue.sent:
            store, request = self.queue.sent.pop(0)
            exact = make_exact(store, request.plan, self.exact_deps)
        assert exact is not None
        return exact

    def compared(self, *ids: str, do: Do = Do.PUSH) -> dict[str, ExactProduct]:
        """Return what a plan of these products would change, by product."""
        self.plan(*ids, do=do)
        return {each.id: each for each in self.exact.products(STORE, self.compare())}
