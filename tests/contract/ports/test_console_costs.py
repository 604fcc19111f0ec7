"""What a page of a job and a plan cost of the tables, counted at the client."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import STORE, a_change, a_connection, a_link, a_product
from tests.console_deps import console_deps
from tests.console_world import MIA
from tests.fakes.clock import FakeClock
from tests.fakes.console import FakeListing, FakeRequests
from tests.fakes.read_model import FakeReadModel
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.products_kept import DynamoProductsKept, Tables
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.request_plans import DynamoRequestPlans
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.jobs import Job
from tillbridge.domain.lanes import Lane
from tillbridge.domain.row_composing import pos_row
from tillbridge.domain.selection import Do, Selection
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.follow_job import follow_job
from tillbridge.usecases.console.plan_request import carry_out, plan_request
from tillbridge.usecases.console.show_product import show_product, show_web_product

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
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        progress = follow_job(console, STORE, JOB)
    assert progress is not None
    assert (progress.done, progress.left, len(progress.lines)) == (100, 100, 50)
    assert made == ["BatchGetItem", "Query", "Query", "BatchGetItem"]


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


@pytest.mark.parametrize("side", ["pos", "web"])
def test_a_product_of_either_side_costs_five_requests(
    console: ConsoleDeps, dynamodb: "DynamoDBClient", side: str
) -> None:
    with Counted(dynamodb) as made:
        page = (
            show_product(console, STORE, PosProductId(IDS[7]))
            if side == "pos"
            else show_web_product(console, STORE, StoreProductId(1_007))
        )
    assert page is not None
    assert (page.product, page.number) == (IDS[7], 1_007)
    assert made == ["BatchGetItem"] * 3 + ["Query"] * 2


def test_a_product_that_is_not_linked_costs_three(
    console: ConsoleDeps, dynamodb: "DynamoDBClient"
) -> None:
    with Counted(dynamodb) as made:
        assert show_product(console, STORE, PosProductId(IDS[150])) is not None
    assert made == ["BatchGetItem", "BatchGetItem", "Query"]
