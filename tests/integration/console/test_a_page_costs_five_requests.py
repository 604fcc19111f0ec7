"""A page of a list, counted at the DynamoDB client: five requests, however many products there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from benches.helpers.metered import Meter
from tests.builders import STORE, a_connection
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.listing import DynamoListing
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.domain.errors import UnknownStore
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, arrival
from tillbridge.domain.selection import Question
from tillbridge.domain.view_rows import RowState, ViewRow
from tillbridge.usecases.console.list_products import LISTED, Listed, Waiting, list_products

MOST_REQUESTS = 5
PRODUCTS = 120


@dataclass
class Deps:
    """The tables that a list reads, and what was asked of them."""

    stores: DynamoStores
    listing: DynamoListing
    views: DynamoReadModel
    pending: DynamoPending
    meter: Meter

    def page(self, side: str = "pos", question: Question = Question(), **more: Any) -> Listed:  # noqa: B008 - it cannot change
        """Return a page that cost no more than it may."""
        self.meter.begin()
        found = list_products(self, STORE, side, question, **more)
        assert self.meter.requests.total() <= MOST_REQUESTS, self.meter.requests
        return found


@pytest.fixture(scope="module")
def deps(dynamodb: Any, make_shared_table: MakeTable) -> Iterator[Deps]:
    """Yield a store of 120 linked products, all of which wait in four lanes."""
    views, pending = make_shared_table("ReadModelTable"), make_shared_table("PendingTable")
    meter = Meter()
    found = Deps(
        DynamoStores(dynamodb, make_shared_table("StoresTable")),
        DynamoListing(dynamodb, views, pending),
        DynamoReadModel(dynamodb, views),
        DynamoPending(dynamodb, pending),
        meter,
    )
    found.stores.save_connection(a_connection())
    found.views.put(
        STORE,
        [_linked("pos", f"p-{n:03d}", n, other=str(n)) for n in range(PRODUCTS)],
    )
    found.views.put(
        STORE,
        [_linked("web", str(n), n, other=f"p-{n:03d}") for n in range(PRODUCTS)],
    )
    found.pending.mark(_change(lane, f"p-{n:03d}") for lane in LISTED for n in range(PRODUCTS))
    found.stores.find(STORE)  # a cold function reads once more which POS account the store has
    meter.attach(dynamodb)
    yield found
    for event, handler in (
        ("before-parameter-build.dynamodb", meter._before),
        ("after-call.dynamodb", meter._after),
    ):
        dynamodb.meta.events.unregister(event, handler)


def _linked(side: str, id_: str, number: int, other: str) -> ViewRow:
    return ViewRow(side, id_, f"Lamp {number:03d}", state=RowState.LINKED, other=other)


def _change(lane: Lane, product: str) -> Change:
    order, trigger = arrival(7_000), "push.requested"
    return Change(STORE, lane, PosProductId(product), 0, order, 5, trigger, event="e", by="mina")


@pytest.mark.parametrize(
    "question",
    [
        Question(),
        Question("", RowState.LINKED),
        Question("lamp"),
        Question("lamp", RowState.LINKED),
    ],
)
@pytest.mark.parametrize("side", ["pos", "web"])
def test_any_list_costs_five_requests_a_page(deps: Deps, side: str, question: Question) -> None:
    ids, page = [], deps.page(side, question)
    ids += [shown.row.id for shown in page.rows]
    while page.after:
        page = deps.page(side, question, after=page.after)
        ids += [shown.row.id for shown in page.rows]
    assert len(ids) == len(set(ids)) == PRODUCTS
    back = deps.page(side, question, before=page.before)
    assert len(back.rows) == 50


@pytest.mark.parametrize("side", ["pos", "web"])
def test_a_lane_costs_five_requests_a_page(deps: Deps, side: str) -> None:
    page = deps.page(side, lane=Lane.BULK)
    assert len(page.rows) == 50
    assert {shown.waiting.lane for shown in page.rows if shown.waiting} == {Lane.BULK}
    assert page.after


def test_what_waits_says_in_which_lane_since_when_because_of_what_and_for_whom(deps: Deps) -> None:
    (first, *_) = deps.page().rows
    assert first.waiting == Waiting(Lane.STOCK, 7_000, "push.requested", "mina")


def test_a_store_that_is_not_connected_has_no_list(deps: Deps) -> None:
    with pytest.raises(UnknownStore):
        list_products(deps, StoreId("nowhere"), "pos", Question())
