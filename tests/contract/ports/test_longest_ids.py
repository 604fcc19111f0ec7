"""A POS may give ids of 255 characters, in any script: no row's key then exceeds what DynamoDB takes
(2,048 bytes of a partition key, 1,024 of a sort key), and every row is found again."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import STORE, a_change, a_link
from tests.contract.ports.linked import NAME_TAKEN
from tests.fakes.clock import FakeClock
from tests.local_tables import MakeTable, items_in
from tillbridge.adapters.dynamodb.link_requests import DynamoLinkRequests
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.replaced import DynamoReplaced
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.events import LONGEST_ID
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.view_rows import ViewRow
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
    """Return the keys of a table that DynamoDB would not take. Assert that there is any item."""
    items = items_in(dynamodb, table)
    assert items
    return [
        item[name]["S"]
        for item in items
        for name, most in (("pk", 2_048), ("sk", 1_024))
        if len(item[name]["S"].encode()) > most
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


def test_accepted_drift(dynamodb: "DynamoDBClient", table: str) -> None:
    runs = DynamoRuns(dynamodb, table)
    runs.accept(STORE, KNOT, {"price": "a"})
    runs.accept(STORE, ROPE, {"price": "b"})
    assert too_long(dynamodb, table) == []
    runs.forget(STORE, ROPE, ["price"])
    assert runs.accepted(STORE) == {(KNOT, "price"): "a"}


def test_rows_of_the_views(dynamodb: "DynamoDBClient", table: str) -> None:
    views = DynamoReadModel(dynamodb, table)
    views.put(STORE, [ViewRow("pos", KNOT, "Knot")])
    assert too_long(dynamodb, table) == []
    assert list(views.ids(STORE, "pos")) == [KNOT]


def test_a_category_whose_name_fits_no_key_is_not_remembered_and_hinders_no_other(
    dynamodb: "DynamoDBClient", table: str
) -> None:
    stores = DynamoStores(dynamodb, table)
    stores.remember_categories(STORE, {"🪢" * 255: 1, "ropes": 2})
    assert too_long(dynamodb, table) == []
    assert stores.categories(STORE) == {"ropes": 2}
