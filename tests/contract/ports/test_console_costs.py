"""What a page of a job, a plan and a product cost of the tables, counted at the client."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import STORE, a_change, a_connection, a_link, a_product
from tests.console_deps import console_deps
from tests.console_world import MIA
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeListing, FakeRequests
from tests.fakes.read_model import FakeReadModel
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.adapters.dynamodb.before_items import packed
from tillbridge.adapters.dynamodb.call_lines import DynamoCallLines
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.products_kept import DynamoProductsKept, Tables
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.settings_versions import DynamoSettingsVersions
from tillbridge.adapters.dynamodb.store_list import DynamoStoreList
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.dynamodb.waiting_rows import DynamoWaitingRows
from tillbridge.console.pages import product as pages
from tillbridge.console.visit import Visit
from tillbridge.domain.before_push import Before, Was
from tillbridge.domain.call_made import CallMade
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.history.call_line import CallLine, ToldCall, call_key
from tillbridge.domain.history.fields_sent import sent
from tillbridge.domain.history.product_line import Did, FieldSent, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.jobs import Job
from tillbridge.domain.lanes import Lane
from tillbridge.domain.row_composing import pos_row
from tillbridge.domain.selection import Do, Selection
from tillbridge.domain.why.names import named
from tillbridge.usecases.change_settings import change_settings
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.follow_job import follow_job
from tillbridge.usecases.console.plan_request import carry_out, plan_request
from tillbridge.usecases.console.plan_undo import plan_undo
from tillbridge.usecases.console.product_head import product_head
from tillbridge.usecases.console.product_history import product_history
from tillbridge.usecases.console.show_product import show_product
from tillbridge.usecases.console.show_settings import plan_settings
from tillbridge.usecases.console.undoable import undoable
from tillbridge.usecases.console.what_waits import what_waits
from tillbridge.usecases.console.why import FURTHER_LINES, LINES, why

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PRODUCTS = [a_product(f"p-{n:03}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(200)]
IDS = tuple(product.id for product in PRODUCTS)
JOB = "01KAJ8Z3M0000000000000000A"


class Counted:
    """The requests that a client made."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._events = client.meta.events
        self.made: list[str] = []

    def __enter__(self) -> list[str]:
        self.made.clear()
        self._events.register("before-call.dynamodb", self._note)
        return self.made

    def __exit__(self, *_: object) -> None:
        self._events.unregister("before-call.dynamodb", self._note)

    def _note(self, model: Any, **_: Any) -> None:
        self.made.append(model.name)


@pytest.fixture
def console(dynamodb: "DynamoDBClient", make_table: MakeTable) -> ConsoleDeps:
    """Return a console over tables that a test may write to."""
    return _console(dynamodb, make_table)


@pytest.fixture(scope="module")
def read_only(dynamodb: "DynamoDBClient", make_shared_table: MakeTable) -> ConsoleDeps:
    """Return a console over tables to which no test writes. Two linked products have more lines of history than a
    reason reads; of one of them a call made its price so."""
    console = _console(dynamodb, make_shared_table)
    now_ms, (first, other) = console.clock.now_ms(), map(PosProductId, (IDS[0], IDS[7]))
    lines = [
        ProductLine(now_ms - n, each, Did.STOCK, version=n)
        for each in (first, other)
        for n in range(1, 1_100)
    ]
    price = {"price": FieldSent("14.50", "digest")}
    key = call_key(now_ms, "a1b2", 1)
    made = ProductLine(now_ms, first, Did.UPDATED, fields=price, call=key)
    console.history.write(STORE, [made, *lines])
    put = ToldCall(CallMade("PUT /catalog/products", now_ms, status=200))
    console.calls.write(STORE, [CallLine(now_ms, "a1b2", now_ms, now_ms, (put,))])
    console.stores.find(STORE)  # which POS account it has is asked once
    return console


def _console(dynamodb: "DynamoDBClient", make_table: MakeTable) -> ConsoleDeps:
    names = ("Stores", "Pending", "History", "Links", "ReadModel", "Orders")
    of_stores, of_pending, of_history, of_links, of_views, of_orders = (
        make_table(f"{each}Table") for each in names
    )
    clock, stores = FakeClock(), DynamoStores(dynamodb, of_stores)
    deps = console_deps(
        stores=stores,
        listing=FakeListing(FakeReadModel()),
        views=DynamoReadModel(dynamodb, of_views),
        links=DynamoLinks(dynamodb, of_links),
        pending=DynamoPending(dynamodb, of_pending),
        jobs=DynamoJobs(dynamodb, of_stores, of_pending, of_history),
        plans=DynamoRequestPlans(dynamodb, of_stores, clock),
        requests=FakeRequests(),
        history=DynamoHistory(dynamodb, of_history),
        calls=DynamoCallLines(dynamodb, of_history),
        settings=DynamoSettingsVersions(dynamodb, of_stores),
        runs=DynamoRuns(dynamodb, of_stores),
        store_list=DynamoStoreList(dynamodb, of_stores),
        waiting=DynamoWaitingRows(dynamodb, of_pending),
        befores=DynamoBeforeImages(dynamodb, of_stores, clock),
        replaced=DynamoReplaced(dynamodb, of_stores, clock),
        products=DynamoProductsKept(dynamodb, Tables(of_links, of_pending, of_stores, of_views)),
        open_lines=DynamoOrderBook(dynamodb, of_orders, clock),
        clock=clock,
    )
    stores.save_connection(a_connection(settings=Settings(web_orders=WebOrderMode.LEDGER)))
    stores.with_compared(STORE)
    deps.views.put(STORE, [pos_row(product, Settings()) for product in PRODUCTS])
    for number, product in enumerate(IDS[:40]):
        deps.links.linked(STORE, a_link(product, id=StoreProductId(1_000 + number)))
    half = [a_change(product, lane=Lane.ASKED, job=JOB) for product in IDS[:100]]
    deps.pending.mark(half)
    now_ms = clock.now_ms()
    DynamoHistory(dynamodb, of_history).write(
        STORE,
        [
            ProductLine(now_ms, PosProductId(each), Did.UPDATED, job=JOB, outcome=True)
            for each in IDS[100:]
        ],
    )
    deps.jobs.take_in(Job(JOB, STORE, Do.PUSH, "Mia", now_ms, 200), 0, 200)
    return deps


def test_a_page_of_a_job_costs_four_requests(
    read_only: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        progress = follow_job(read_only, STORE, JOB)
    assert progress is not None
    assert (progress.done, progress.left, len(progress.lines)) == (100, 100, 50)
    assert made == ["BatchGetItem", "Query", "Query", "BatchGetItem"]


def test_what_a_push_keeps_is_read_and_written_in_batches(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    was = Was(Decimal("10.00"), sent(Decimal("12.00")))
    befores = {
        PosProductId(each): Before(StoreProductId(1_000), each, 1, {"price": was}) for each in IDS
    }
    with Counted(dynamodb) as made:
        console.befores.keep(STORE, JOB, befores)
    assert made == ["BatchGetItem"] * 2 + ["BatchWriteItem"] * 8
    with Counted(dynamodb) as made:  # a second try, which sends the same
        console.befores.keep(STORE, JOB, befores)
    assert made == ["BatchGetItem"] * 2
    with Counted(dynamodb) as made:
        console.befores.keep(STORE, JOB, {PosProductId(IDS[0]): befores[PosProductId(IDS[0])]})
        assert len(packed(befores[PosProductId(IDS[0])])) < 200  # with its key, a unit of writes
    assert made == ["BatchGetItem"]


def test_the_page_of_an_undo_costs_five_requests_and_its_plan_a_few(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    was = Was(Decimal("10.00"), sent(Decimal("12.00")))
    befores = {
        PosProductId(each): Before(StoreProductId(1_000 + n), each, 1, {"price": was})
        for n, each in enumerate(IDS[:40])
    }
    console.befores.keep(STORE, JOB, befores)
    line = ProductLine(1, PosProductId(IDS[0]), Did.UPDATED, by="Mia", job=JOB, outcome=True)
    console.history.write(STORE, [line])
    with Counted(dynamodb) as made:
        found = undoable(console, MIA, STORE, IDS[0])
        console.jobs.with_store(STORE, JOB)
    assert found is not None
    assert [each.label for each in found.lines] == ["price"]
    assert len(made) <= 5
    with Counted(dynamodb) as made:
        plan = plan_undo(console, MIA, STORE, products=[IDS[0]])
    assert plan.updates == 1
    assert len([each for each in made if "Write" not in each and each != "PutItem"]) <= 5


def test_a_plan_of_two_hundred_products_reads_with_five_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        plan = plan_request(console, MIA, STORE, Do.PUSH, Selection("pos", IDS))
    assert (plan.creates, plan.updates) == (160, 40)
    assert len([each for each in made if "Write" not in each and each != "PutItem"]) <= 5
    with Counted(dynamodb) as made:
        carry_out(console, MIA, STORE, plan.id)
    assert len(made) <= 7


def test_the_history_of_a_product_costs_four_requests_however_long_it_is(
    read_only: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    product = PosProductId(IDS[0])
    with Counted(dynamodb) as made:
        read_only.stores.as_told(STORE)  # whose state every page shows
        head = product_head(read_only, STORE, product, None)
        assert head is not None
        page = product_history(read_only, STORE, product, StoreProductId(1_000))
    assert (len(page.lines), bool(page.after)) == (50, True)
    assert made == ["BatchGetItem", "BatchGetItem", "Query", "Query"]


@pytest.mark.parametrize("further", [False, True])
def test_a_reason_costs_five_requests_however_long_the_history_is(
    read_only: ConsoleDeps, dynamodb: "DynamoDBClient", further: bool
) -> None:
    product = PosProductId(IDS[0])
    with Counted(dynamodb) as made:
        found = why(read_only, STORE, product, None, named("price")[0], further=further)
    assert found is not None
    assert found.call is not None
    assert found.read == (FURTHER_LINES if further else LINES)
    assert made == ["BatchGetItem", "BatchGetItem", "BatchGetItem", "Query", "Query"]


def test_settings_and_their_plan_cost_three_requests_and_a_change_three(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    console.stores.find(STORE)
    with Counted(dynamodb) as made:
        plan_settings(console, STORE, 0, {"safety_stock": "2"})
    assert made == ["BatchGetItem", "GetItem", "GetItem"]
    with Counted(dynamodb) as made:
        change_settings(console, STORE, "Mia", 0, {"safety_stock": "2"})
    assert made == ["BatchGetItem", "GetItem", "TransactWriteItems"]


def test_what_waits_costs_two_requests(read_only: ConsoleDeps, dynamodb: "DynamoDBClient") -> None:
    with Counted(dynamodb) as made:
        assert what_waits(read_only, STORE).count == 100
    assert made == ["Query", "Query"]


@pytest.mark.parametrize("path", [{"product": IDS[7]}, {"number": "1007"}], ids=["pos", "web"])
@pytest.mark.parametrize("tab", ["compare", "variants"])
def test_the_page_of_a_product_costs_five_requests_from_either_side(
    read_only: ConsoleDeps, dynamodb: "DynamoDBClient", path: dict[str, str], tab: str
) -> None:
    show = pages.product if "product" in path else pages.web_product
    with Counted(dynamodb) as made:
        answer = show(Visit(MIA, STORE, path, {"tab": [tab]}), read_only)
    # A linked number has one page, that of its POS product.
    assert answer.status == (200 if "product" in path else 303)
    assert made == ["BatchGetItem"] * 3 + ["Query"] * 2


def test_a_product_that_is_not_linked_costs_three(
    read_only: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        shown = show_product(read_only, STORE, PosProductId(IDS[150]))
    assert shown is not None
    assert shown.connection == a_connection(settings=Settings(web_orders=WebOrderMode.LEDGER))
    assert made == ["BatchGetItem", "BatchGetItem", "Query"]
