"""A POS may give ids of 255 characters, in any script: no row's key then exceeds what DynamoDB takes
(2,048 bytes of a partition key, 1,024 of a sort key), and every row is found again."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE, a_change, a_link
from tests.contract.ports.linked import NAME_TAKEN
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable, items_in
from tillbridge.adapters.dynamodb.before_images import DynamoBeforeImages
from tillbridge.adapters.dynamodb.history import DynamoHistory
from tillbridge.adapters.dynamodb.jobs import DynamoJobs
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.before_push import Before, Was
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.history.product_line import Did, FieldSent, ProductLine
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.domain.web_product import WebProduct

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KNOT = PosProductId("🪢" * LONGEST_ID)
ROPE = PosProductId("🪢" * (LONGEST_ID - 1) + "🧵")


@pytest.fixture
def table(dynamodb: "DynamoDBClient", make_table: MakeTable) -> str:
    # Of all tables the one that also has the index by due.
    return make_table("PendingTable")


def too_long(dynamodb: "DynamoDBClient", table: str) -> list[str]:
    """Return the keys of a table, and of its indexes, that DynamoDB would not take. Assert that there is any item."""
    items = items_in(dynamodb, table)
    assert items
    made = dynamodb.describe_table(TableName=table)["Table"]
    indexes = [*made.get("LocalSecondaryIndexes", ()), *made.get("GlobalSecondaryIndexes", ())]
    kinds = {
        part["AttributeName"]: part["KeyType"]
        for schema in (made["KeySchema"], *(index["KeySchema"] for index in indexes))
        for part in schema
    }
    return [
        item[name]["S"]
        for item in items
        for name, kind in kinds.items()
        if "S" in item.get(name, {})
        and len(item[name]["S"].encode()) > (2_048 if kind == "HASH" else 1_024)
    ]


def test_links_and_whom_they_block(dynamodb: "DynamoDBClient", table: str) -> None:
    links = DynamoLinks(dynamodb, table)
    links.linked(STORE, a_link(KNOT))
    problem = replace(NAME_TAKEN, blocked_by=ROPE)
    links.failed(STORE, a_link(KNOT, status=LinkStatus.FAILED, problem=problem, failed_version=9))
    assert too_long(dynamodb, table) == []
    (blocked,) = links.blocked_by(STORE, ROPE)
    assert (blocked.holder, blocked.product) == (ROPE, KNOT)
    assert links.blocked_by(STORE, KNOT) == []
    links.unblock(STORE, [blocked])
    assert links.blocked_by(STORE, ROPE) == []


def test_pending_rows_and_requests(dynamodb: "DynamoDBClient", table: str) -> None:
    pending = DynamoPending(dynamodb, table)
    pending.mark([a_change(KNOT, lane=lane) for lane in PRODUCT_LANES])
    requests = DynamoLinkRequests(dynamodb, table, table, table, FakeClock())
    requests.put([LinkRequest("e" * 64, 199, STORE, LinkRequestKind.UNDO, KNOT, None, 1)])
    assert too_long(dynamodb, table) == []
    assert [row.product for lane in PRODUCT_LANES for row in pending.due(STORE, lane, 1, 9)] == [
        KNOT
    ] * 5
    assert [request.product for request in requests.waiting(STORE, 9)] == [KNOT]


def test_what_a_first_push_replaced(dynamodb: "DynamoDBClient", table: str) -> None:
    replaced, before = (
        DynamoReplaced(dynamodb, table, FakeClock()),
        WebProduct(StoreProductId(8), "Rope"),
    )
    replaced.keep(STORE, KNOT, before)
    assert too_long(dynamodb, table) == []
    assert replaced.find(STORE, KNOT) == before
    assert replaced.find(STORE, ROPE) is None


def test_what_a_push_of_a_job_replaced(dynamodb: "DynamoDBClient", table: str) -> None:
    befores, job = DynamoBeforeImages(dynamodb, table, FakeClock()), "\N{RING BUOY}" * 64
    before = Before(StoreProductId(8), "Rope", 1, {"name": Was("Rope", FieldSent("Knot", "d"))})
    befores.keep(STORE, job, {KNOT: before})
    assert too_long(dynamodb, table) == []
    assert [each.product for each in befores.of_job(STORE, job)] == [KNOT]
    assert befores.of(STORE, job, [ROPE]) == {}


def test_accepted_drift(dynamodb: "DynamoDBClient", table: str) -> None:
    runs = DynamoRuns(dynamodb, table)
    runs.accept(STORE, KNOT, {"price": Accepted("a")})
    runs.accept(STORE, ROPE, {"price": Accepted("b")})
    assert too_long(dynamodb, table) == []
    runs.forget(STORE, ROPE, ["price"])
    assert runs.accepted(STORE) == {(KNOT, "price"): "a"}


def test_rows_of_the_views(dynamodb: "DynamoDBClient", table: str) -> None:
    views = DynamoReadModel(dynamodb, table)
    views.put(STORE, [ViewRow("pos", KNOT, "Knot")])
    assert too_long(dynamodb, table) == []
    assert list(views.ids(STORE, "pos")) == [KNOT]


def test_rows_of_the_views_in_their_indexes(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("ReadModelTable")
    row = ViewRow("pos", KNOT, "🪢" * 1_000, sku="🪢" * 1_000, state=RowState.FAILED, code="clash")
    DynamoReadModel(dynamodb, table).put(STORE, [row, replace(row, id=ROPE)])
    assert too_long(dynamodb, table) == []
    listing = DynamoListing(dynamodb, table, table)
    for question in (Question(), Question("🪢🪢"), Question("", RowState.FAILED)):
        first = listing.page(STORE, "pos", question, limit=1)
        second = listing.page(STORE, "pos", question, after=first.after, limit=1)
        assert {each.id for each in (*first.rows, *second.rows)} == {KNOT, ROPE}


@pytest.mark.parametrize("did", Did)
def test_outcomes_of_a_job(dynamodb: "DynamoDBClient", make_table: MakeTable, did: Did) -> None:
    history, stores = make_table("HistoryTable"), make_table("StoresTable")
    line = ProductLine(1, KNOT, did, job="j" * 64, outcome=True, words="Rename one.")
    DynamoHistory(dynamodb, history).write(STORE, [line, replace(line, product=ROPE)])
    assert too_long(dynamodb, history) == []
    jobs = DynamoJobs(dynamodb, stores, history, history)
    told = jobs.outcomes(STORE, line.job)
    assert told.did == {KNOT: did, ROPE: did}
    assert jobs.words(STORE, told, [KNOT]) == {KNOT: "Rename one."}


def test_rows_that_wait_for_a_job(dynamodb: "DynamoDBClient", make_table: MakeTable) -> None:
    pending, stores = make_table("PendingTable"), make_table("StoresTable")
    asked = a_change(KNOT, lane=Lane.ASKED, trigger="push.requested", job="j" * 64)
    DynamoPending(dynamodb, pending).mark([asked])
    assert too_long(dynamodb, pending) == []
    assert DynamoJobs(dynamodb, stores, pending, pending).left(STORE, "j" * 64).products == (KNOT,)


def test_a_category_whose_name_fits_no_key_is_not_remembered_and_hinders_no_other(
    dynamodb: "DynamoDBClient", table: str
) -> None:
    stores = DynamoStores(dynamodb, table)
    stores.remember_categories(STORE, {"🪢" * 255: 1, "ropes": 2})
    assert too_long(dynamodb, table) == []
    assert stores.categories(STORE) == {"ropes": 2}
