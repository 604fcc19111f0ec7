"""A made-up shop for the pages: every state, every kind of name, and people who may more or less.

The three use cases that other tests prove are played here over the fakes of the ports: a list, a plan, a
job. They answer what those promise, so that a page that runs on them runs on the real ones."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from tests.builders import a_connection, a_link
from tests.console import products
from tests.console_deps import console_deps
from tests.fakes.clock import START_MS, FakeClock
from tests.fakes.console import FakeJobs, FakeListing, FakeRequestPlans, FakeRequests
from tests.fakes.dead_letter_boxes import FakeDeadLetterBoxes
from tests.fakes.history import FakeCallLines, FakeHistory
from tests.fakes.links import FakeLinks
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeRuns
from tests.fakes.store_list import FakeStoreList
from tests.fakes.stores import FakeStores
from tillbridge.domain.before_push import Before, Was
from tillbridge.domain.connection import Connection
from tillbridge.domain.dead_letters import Box
from tillbridge.domain.errors import CannotAsk
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, StoreVariantId
from tillbridge.domain.jobs import UNDO_KEPT_MS, Job, JobLine, JobState, Progress
from tillbridge.domain.lanes import Lane
from tillbridge.domain.people import Person, Role
from tillbridge.domain.request_plan import PlannedProduct, RequestPlan, Warned
from tillbridge.domain.selection import Do, Question, Selection
from tillbridge.domain.view_rows import POS, WEB, RowState, ViewRow
from tillbridge.usecases.console import (
    follow_job,
    list_products,
    plan_request,
    planning,
    show_product,
)
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.list_products import Listed, Shown, Waiting
from tillbridge.usecases.console.product_shown import ProductShown, WaitingShown

SHOP = StoreId("harbour-hearth")
NOW_MS = START_MS
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000

OLIVIA = Person("https://issuer", "1", "Olivia Marsh", {"*": Role.OWNER})
SAM = Person("https://issuer", "2", "Sam", {SHOP: Role.STAFF})
VERA = Person("https://issuer", "3", "Vera", {SHOP: Role.VIEWER})

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{7*7}} ${7*7} {% raw %}",
    "=HYPERLINK(“http://evil”)",
    "مصباح مكتب من النحاس",
    "\u202egnp.tac",
    "W" * 240,
    "javascript:alert(1)",
)
_CATALOGUE = (
    "Ash dining chair|Nord Hout|CHR-ASH-01|189|14|linked|214",
    "Ash dining stool|Nord Hout|STL-ASH-02|96|6|failed|",
    "Beeswax candle, tall|Lumen & Co|CDL-BW|12|58|linked|231|18|3",
    "Beeswax candle, travel tin|Lumen & Co|CDL-BW-T|9.5|0|linked|232",
    "Brass desk lamp|Foundry Lane|LMP-BRS-11|148|3|linked|187",
    "Cork trivet, set of 2|Harbour & Hearth|TRV-CRK-2|14.5|32|not_linked|",
    "Enamel mug, rust|Kiln Street|MUG-ENM|16|71|linked|245||6",
    "Hand-knotted wool rug, kilim pattern, 170 by 240 cm, reversible, moth-proofed, with a cotton warp|Atlas Weavers|RUG-KLM-170|1240|1|linked|260",
    "Linen bath towel|Flax & Fold|TWL-LIN|28|112|linked|271|42|8",
    "Linen cushion cover, plum|Flax & Fold|CSH-LIN-P|34|9|broken|288",
    "Oak bread board|Nord Hout|BRD-OAK|45|17|linked|290",
    "Paper floor lamp|Foundry Lane|LMP-PPR|120|-2|linked|191",
    "Stoneware vase, slate|Kiln Street|VAS-STN|15|5|linked|302",
    "Wool throw, oatmeal|Atlas Weavers|THR-WOL|89|21|not_linked|",
)
_MORE = (
    "Copper kettle",
    "Glass carafe",
    "Iron hook",
    "Jute basket",
    "Maple spoon",
    "Slate coaster",
)
_TAKEN = (
    "BigCommerce already has “Ash dining stool” (#812). Link to it, or rename this one in the POS."
)
_GONE = "It was deleted online (#288). Make it again, or unlink it."


def pos_rows() -> Iterator[ViewRow]:
    """Yield the shop's products: some sixty, nine of them with hostile names."""
    for number, line in enumerate(_CATALOGUE):
        yield _row(f"p-{1001 + number}", line)
    for number, name in enumerate(HOSTILE):
        yield ViewRow(POS, f"h-{number}", name, sku=name[:20], price="1", stock="1", maker=name)
    for number in range(36):
        name = f"{_MORE[number % 6]}, no. {number // 6 + 1}"
        yield _row(
            f"p-{1100 + number}",
            f"{name}|Harbour & Hearth|X-{number}|{5 + number}|{number}|linked|{400 + number}",
        )


def _row(product: str, line: str) -> ViewRow:
    name, maker, sku, price, stock, state, other, *rest = [*line.split("|"), "", ""]
    words = {"failed": _TAKEN, "broken": _GONE}.get(state, "")
    return ViewRow(
        POS,
        product,
        name,
        sku=sku,
        skus=(sku,),
        price=price,
        stock=stock,
        state=RowState(state),
        other=other,
        words=words,
        code={"failed": "name_taken", "broken": "deleted_online"}.get(state, ""),
        holder="812" if state == "failed" else "",
        synced_ms=NOW_MS - 2 * MINUTE * (1 + int(other) % 7) ** 3 if other else 0,
        maker=maker,
        price_to=rest[0],
        variants=int(rest[1] or "1"),
        image=f"/pictures/{sku}.svg" if state != "not_linked" else "",
    )


def web_rows() -> Iterator[ViewRow]:
    """Yield BigCommerce's products: those that are linked, and some that the POS does not have."""
    for row in pos_rows():
        if row.state is RowState.LINKED:
            yield replace(row, side=WEB, id=row.other, other=row.id)
    yield ViewRow(WEB, "812", "Ash dining stool", sku="STL-ASH-02", price="99", stock="4")
    yield ViewRow(WEB, "901", "Gift card", sku="", price="25", stock="")
    yield ViewRow(
        WEB,
        "902",
        "T-shirt, 240 prints",
        sku="TSH",
        price="19",
        stock="400",
        state=RowState.LEFT_OUT,
        code="refused",
        words="It has 240 variants; an import takes 200. Split the product in BigCommerce.",
    )


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
        stores, self.runs = FakeStores([self.connection]), FakeRuns()
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
        self.deps = replace(self.deps, stores=FakeStores([connection]))

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
        return Listed(
            self.connection, shown, found.after, found.before, found.further, self.compared_ms
        )

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
            return replace(products.of_text(self.odd, self.clock.now), connection=self.connection)
        row = deps.views.get(store, POS, [product]).get(product)
        if row is None:
            return None
        web = deps.views.get(store, WEB, [row.other]).get(row.other) if row.other else None
        found = products.shown_of(row, web, self.clock.now)
        waits = self.waits.get(product)
        if waits and not found.waiting:
            told = WaitingShown(waits.lane, waits.since_ms, because=("sale.completed",))
            found = replace(found, waiting=(told,))
        return replace(found, connection=self.connection)

    def web_product(
        self, deps: ConsoleDeps, store: StoreId, number: StoreProductId
    ) -> ProductShown | None:
        row = deps.views.get(store, WEB, [str(number)]).get(str(number))
        if row is None:
            return None
        if row.other:
            return self.product(deps, store, PosProductId(row.other))
        return replace(products.shown_of(None, row, self.clock.now), connection=self.connection)

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


TAKEN = Warned(
    "taken",
    planning._WARNS["taken"],
    (
        PlannedProduct(
            "p-1005",
            "Brass desk lamp",
            "187",
            words="BigCommerce already has a product named 'Brass desk lamp' (#640).",
        ),
        PlannedProduct(
            "p-1012",
            "Paper floor lamp",
            "191",
            words="BigCommerce already has the SKU 'LMP-PPR-02' (#655).",
        ),
    ),
)
HIDES = Warned(
    "hides",
    planning._WARNS["hides"],
    (PlannedProduct("p-1013", "Stoneware vase, slate", "302"),),
)


def a_job(name: str = "job-7", do: Do = Do.PUSH, **figures: object) -> Progress:
    """Return a job under way: 28 done, one failed, 14 to go."""
    lines = (
        JobLine("p-1002", "Ash dining stool", "failed", _TAKEN, at_ms=NOW_MS - 1_000),
        JobLine("p-1005", "Brass desk lamp", "waiting"),
        JobLine("p-1001", "Ash dining chair", "done", "updated", "214", NOW_MS - 2_000),
    )
    made = Job(name, SHOP, do, "Mia", NOW_MS - 3_000, 43)
    usual = Progress(made, JobState.RUNNING, 28, 1, 14, seconds=2, lines=lines)
    return replace(usual, **figures)  # type: ignore[arg-type]  # figures are those of Progress


PUSHED = "job-3"
"""A job of the shop whose push can be undone, of products whose old values have hostile texts."""


def pushed_by_hand(shop: Shop) -> Shop:
    """Return the shop after Mia's push of three products replaced values, made another, and ended."""
    deps, asked_ms = shop.deps, NOW_MS - 2 * HOUR
    job = Job(PUSHED, SHOP, Do.PUSH, "Mia", asked_ms, 4)
    deps.jobs.begin(job)
    befores = {}
    for place, (id_, number) in enumerate((("p-1001", 214), ("p-1003", 231), ("p-1005", 187))):
        product = PosProductId(id_)
        deps.links.linked(SHOP, a_link(id_, id=StoreProductId(number)))
        fields = {
            "price": Was(Decimal("169.00"), sent("189")),
            "name": Was("Ash chair", sent("Ash")),
        }
        if place == 1:
            fields |= {
                "description": Was(HOSTILE[place], sent(HOSTILE[0])),
                "upc": Was("", sent("1")),
            }
            fields |= {"v-1.price": Was(None, sent("12"), StoreVariantId(9))}
        befores[product] = Before(StoreProductId(number), id_, asked_ms, fields)
        line = ProductLine(asked_ms, product, Did.UPDATED, by="Mia", job=PUSHED, outcome=True)
        deps.history.write(SHOP, [line])
    deps.befores.keep(SHOP, PUSHED, befores)
    made = PosProductId("p-1011")
    deps.links.linked(SHOP, a_link(made, id=StoreProductId(290)))
    line = ProductLine(asked_ms, made, Did.CREATED, by="Mia", job=PUSHED, outcome=True)
    deps.history.write(SHOP, [replace(line, web=StoreProductId(290))])
    lines = tuple(
        JobLine(each, name, "done", "Sent to BigCommerce.", at_ms=asked_ms)
        for each, name in (("p-1001", "Ash dining chair"), ("p-1003", "Beeswax candle, tall"))
    )
    shop.progress[PUSHED] = Progress(
        job, JobState.ENDED, 4, 0, 0, lines=lines, undo_until_ms=asked_ms + UNDO_KEPT_MS
    )
    return shop


def with_dead_letters(shop: Shop, *, most: int = 20, more: int = 0, silent: bool = False) -> Shop:
    """Return the shop with `most` kinds of dead letters at most, hostile ones among them, and `more` of one kind."""
    boxes = shop.deps.dead_letters
    assert isinstance(boxes, FakeDeadLetterBoxes)
    reasons = (
        "The event cannot be read (data.products: Field required). Compare it with contracts/events.",
        *HOSTILE,
    )
    for number, reason in enumerate(reasons[:most]):
        kind = "product.saved" if number == 0 else reason
        data = {"products": [{"product_id": reason, "version": 17}]}
        event = {"detail-type": kind, "detail": {"metadata": {"store_id": SHOP}, "data": data}}
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        boxes.put(Box.POS_EVENTS, body, reason, sent_ms=NOW_MS - (number + 1) * 2 * HOUR)
    signal = json.dumps({"store_id": SHOP})
    if most > 1:
        boxes.put(Box.STORE_WORK, signal, group=SHOP, sent_ms=NOW_MS - 4 * DAY)
        asked = {"detail-type": "reconcile.requested", "detail": {"metadata": {"store_id": SHOP}}}
        boxes.put(Box.POS_EVENTS, json.dumps(asked), "By nobody.", sent_ms=NOW_MS - MINUTE)
        boxes.put(Box.POS_EVENTS, "{not json", "It is not JSON.", sent_ms=NOW_MS - DAY)
        gone = json.dumps({"store_id": "quay-street", "x": "W" * 9_000})
        boxes.put(Box.WAKES, gone, "No store named 'quay-street' is connected.")
    for _ in range(more):
        boxes.put(Box.REQUESTS, signal, "Too large.", sent_ms=NOW_MS - 3 * DAY)
    if silent:
        boxes.silent = {Box.IMPORTS}
    return shop


def without_hostile_names(shop: Shop) -> Shop:
    """Return the shop as a visitor of the documentation should see it."""
    shop.views.remove(SHOP, POS, [f"h-{number}" for number in range(len(HOSTILE))])
    shop.views.remove(SHOP, POS, [f"p-{1100 + number}" for number in range(0, 36, 2)])
    return shop
