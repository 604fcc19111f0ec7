"""A made-up shop for the pages: every state, every kind of name, and people who may more or less.

The three use cases that other tests prove are played here over the fakes of the ports: a list, a plan, a
job. They answer what those promise, so that a page that runs on them runs on the real ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from tests.builders import a_connection
from tests.console import products
from tests.console.catalogue import HOSTILE, HOUR, NOW_MS, SHOP, pos_rows, web_rows
from tests.console_deps import console_deps
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeJobs, FakeListing, FakeRequestPlans, FakeRequests
from tests.fakes.history import FakeCallLines, FakeHistory
from tests.fakes.links import FakeLinks
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.jobs import Job, JobLine, JobState, Progress
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Person, Role
from tillbridge.domain.request_plan import PlannedProduct, RequestPlan, Warned
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.usecases.console import follow_job, list_products, plan_request, show_product
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.list_products import Listed, Shown, Waiting
from tillbridge.usecases.console.product_shown import ProductShown, WaitingShown

OLIVIA = Person("https://issuer", "1", "Olivia Marsh", {"*": Role.OWNER})

SAM = Person("https://issuer", "2", "Sam", {SHOP: Role.STAFF})

VERA = Person("https://issuer", "3", "Vera", {SHOP: Role.VIEWER})


@dataclass
class Shop:
    """The shop, what waits, and what its jobs answer."""

    connection: Connection = field(default_factory=lambda: a_connection(SHOP))
    waits: dict[str, Waiting] = field(
        default_factory=lambda: {"p-1005": Waiting(Lane.STOCK, NOW_MS - 3_000)}
    )
    compared_ms: int = NOW_MS - 9 * HOUR
    progress: dict[str, Progress] = field(default_factory=dict)
    warned: tuple[Warned, ...] = ()
    empty: bool = False
    odd: str = HOSTILE[1]

    def __post_init__(self) -> None:
        self.views = FakeReadModel()
        if not self.empty:
            self.views.put(SHOP, [*pos_rows(), *web_rows()])
        self.pending = FakePending()
        self.plans = FakeRequestPlans()
        self.requests = FakeRequests()
        self.clock = FakeClock(NOW_MS)
        self.history, calls, self.links = FakeHistory(), FakeCallLines(), FakeLinks()
        if not self.empty:
            products.put_stories(SHOP, self.history, calls, self.links, NOW_MS, self.odd)
        self.stores, self.runs = FakeStores([self.connection]), FakeRuns()
        stores = self.stores
        self.deps = console_deps(
            stores=stores,
            runs=self.runs,
            store_list=FakeStoreList(stores, self.runs),
            listing=FakeListing(self.views, {Lane.STOCK: ("p-1005",)}),
            views=self.views,
            links=self.links,
            pending=self.pending,
            history=self.history,
            calls=calls,
            jobs=FakeJobs(self.pending, self.history, stores),
            plans=self.plans,
            requests=self.requests,
            clock=self.clock,
        )

    def connect(self, connection: Connection) -> None:
        """Let the shop have these settings and this state."""
        self.connection = connection
        self.stores = FakeStores([connection])
        self.deps = replace(self.deps, stores=self.stores)

    def list(
        self,
        deps: ConsoleDeps,
        store: StoreId,
        side: str,
        question: Question,
        *,
        after: str = "",
        before: str = "",
        backwards: bool = False,
        lane: Lane | None = None,
    ) -> Listed:
        found = (
            deps.listing.waiting(store, lane, after=after)
            if lane
            else deps.listing.page(
                store, side, question, after=after, before=before, backwards=backwards
            )
        )
        of = "id" if side == POS else "other"
        shown = [Shown(row, self.waits.get(getattr(row, of))) for row in found.rows]
        told = deps.stores.as_told(store) or self.connection
        return Listed(told, shown, found.after, found.before, found.further, self.compared_ms)

    def plan(
        self,
        deps: ConsoleDeps,
        person: Person,
        store: StoreId,
        do: Do,
        selection: Selection,
        *,
        pairs: tuple[tuple[str, int], ...] = (),
    ) -> RequestPlan:
        ids = selection.ids or tuple(pos for pos, _ in pairs)
        if selection.question is not None:
            fits = deps.listing.ids(store, selection.side, selection.question)
            ids = tuple(each for each in fits if each not in selection.without)
        if not ids:
            raise CannotAsk("Nothing fits any more. Choose again.")
        rows = list(deps.views.get(store, selection.side, ids).values())
        new = [row for row in rows if not row.other and not pairs]
        plan = RequestPlan(
            id=f"plan-{len(self.plans._plans) + 1}",
            store=store,
            do=do,
            selection=selection,
            by=person.name,
            made_ms=self.clock.now,
            creates=len(new),
            updates=len(rows) - len(new),
            warned=self.warned,
            first=tuple(PlannedProduct(row.id, row.name, row.other) for row in rows[:10]),
            calls=len(rows) // 6 + 1,
            seconds=4,
        )
        deps.plans.keep(plan, ids)
        return plan

    def carry_out(
        self,
        deps: ConsoleDeps,
        person: Person,
        store: StoreId,
        plan: str,
        *,
        without: frozenset[str] = frozenset(),
    ) -> str:
        found = deps.plans.get(store, plan)
        if found is None or self.clock.now > found.until_ms:
            raise CannotAsk("This plan is too old. Plan again.")
        job = f"job-{plan}"
        deps.plans.carry_out(store, plan, job, self.clock.now)
        ids = [each for each in deps.plans.ids(store, plan) if each not in without]
        deps.requests.push(store, job, person.name, [PosProductId(each) for each in ids])
        made = Job(job, store, found.do, person.name, self.clock.now, len(ids), plan)
        names = deps.views.get(store, found.selection.side, ids)
        lines = tuple(JobLine(row.id, row.name, "waiting") for row in names.values())
        self.progress.setdefault(
            job, Progress(made, JobState.RUNNING, 0, 0, len(ids), seconds=4, lines=lines)
        )
        return job

    def follow(
        self, deps: ConsoleDeps, store: StoreId, job: str, *, after: str = ""
    ) -> Progress | None:
        return self.progress.get(job)

    def newest(
        self, deps: ConsoleDeps, store: StoreId, *, after: str = "", limit: int = 20
    ) -> Sequence[Progress]:
        found = sorted(self.progress.values(), key=lambda each: each.job.id, reverse=True)
        return [each for each in found if not after or each.job.id < after][:limit]

    def product(
        self, deps: ConsoleDeps, store: StoreId, product: PosProductId
    ) -> ProductShown | None:
        if product == "h-all":
            found = products.of_text(self.odd, self.clock.now)
            return replace(found, connection=deps.stores.as_told(store))
        row = deps.views.get(store, POS, [product]).get(product)
        if row is None:
            return None
        web = deps.views.get(store, WEB, [row.other]).get(row.other) if row.other else None
        found = products.shown_of(row, web, self.clock.now)
        waits = self.waits.get(product)
        if waits and not found.waiting:
            told = WaitingShown(waits.lane, waits.since_ms, because=("sale.completed",))
            found = replace(found, waiting=(told,))
        return replace(found, connection=deps.stores.as_told(store))

    def web_product(
        self, deps: ConsoleDeps, store: StoreId, number: StoreProductId
    ) -> ProductShown | None:
        row = deps.views.get(store, WEB, [str(number)]).get(str(number))
        if row is None:
            return None
        if row.other:
            return self.product(deps, store, PosProductId(row.other))
        found = products.shown_of(None, row, self.clock.now)
        return replace(found, connection=deps.stores.as_told(store))

    def play(self, patch: pytest.MonkeyPatch) -> "Shop":
        """Let the pages ask this shop."""
        patch.setattr(list_products, "list_products", self.list)
        patch.setattr(plan_request, "plan_request", self.plan)
        patch.setattr(plan_request, "carry_out", self.carry_out)
        patch.setattr(follow_job, "follow_job", self.follow)
        patch.setattr(follow_job, "newest_jobs", self.newest)
        patch.setattr(show_product, "show_product", self.product)
        patch.setattr(show_product, "show_web_product", self.web_product)
        return self
