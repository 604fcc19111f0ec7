"""What ports.products_kept promises, kept by the fake and by DynamoDB."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import LANTERN, STORE, a_change, a_link, a_product, a_web_product
from tests.fakes.links import FakeLinks
from tests.fakes.pending import FakePending
from tests.fakes.products_kept import FakeProductsKept
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeRuns
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.products_kept import DynamoProductsKept, Tables
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.runs import DynamoRuns
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.details.composing import pos_detail, web_detail
from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import PRODUCT_LANES
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.links import Links
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.products_kept import ProductKept, ProductsKept
from tillbridge.ports.read_model import Details, Views
from tillbridge.ports.runs import Runs

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PRODUCT, NUMBER = PosProductId(LANTERN), StoreProductId(101)
POS_ROW = ViewRow("pos", LANTERN, "Storm Lantern", other="101")
WEB_ROW = ViewRow("web", "101", "Storm Lantern", other=LANTERN)
POS_DETAIL = pos_detail(a_product(), 5)
WEB_DETAIL = web_detail(a_web_product(101), 6, linked=True)


@dataclass
class Kept:
    """The ports that write what is kept, and the one that reads it."""

    links: Links
    views: Views
    pending: PendingRows
    runs: Runs
    products: ProductsKept

    def has(self, row: ViewRow, detail: Detail | None) -> None:
        key = (row.side, row.id)
        self.views.revise(STORE, [key], lambda _: [row], Details(lambda *_: detail))


@pytest.fixture(params=["fake", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "fake":
        parts: tuple[Any, ...] = FakeLinks(), FakeReadModel(), FakePending(), FakeRuns()
        products: ProductsKept = FakeProductsKept(*parts)
        return Kept(*(*parts, products))
    client: DynamoDBClient = request.getfixturevalue("dynamodb")
    make = request.getfixturevalue("make_table")
    names = [f"{each}Table" for each in ("Links", "ReadModel", "Pending", "Stores")]
    links, views, pending, stores = map(make, names)
    return Kept(
        DynamoLinks(client, links),
        DynamoReadModel(client, views),
        DynamoPending(client, pending),
        DynamoRuns(client, stores),
        DynamoProductsKept(client, Tables(links, pending, stores, views)),
    )


def a_full(kept: Kept) -> ProductKept:
    kept.links.linked(STORE, a_link())
    kept.has(POS_ROW, POS_DETAIL)
    kept.has(WEB_ROW, WEB_DETAIL)
    kept.pending.mark(a_change(lane=lane) for lane in PRODUCT_LANES)
    kept.runs.accept(STORE, LANTERN, {"price": Accepted("d1")})
    return kept.products.of(STORE, PRODUCT)


def test_all_that_is_kept_of_a_linked_product_comes_from_either_side(kept: Kept) -> None:
    found = a_full(kept)
    assert (found.product, found.number, found.link) == (PRODUCT, NUMBER, a_link())
    assert (found.pos, found.pos_detail) == (POS_ROW, POS_DETAIL)
    assert (found.web, found.web_detail) == (WEB_ROW, WEB_DETAIL)
    assert {row.lane for row in found.pending} == set(PRODUCT_LANES)
    assert found.accepted == {"price": Accepted("d1")}
    other = kept.products.of_number(STORE, NUMBER)
    assert (other.product, other.link, other.pos, other.web) == (
        PRODUCT,
        found.link,
        found.pos,
        found.web,
    )
    assert (other.accepted, len(other.pending)) == (found.accepted, len(found.pending))


def test_a_neighbour_and_another_store_are_not_meant(kept: Kept) -> None:
    a_full(kept)
    nothing = ProductKept(PosProductId("p-9"), None)
    found = kept.products.of(STORE, PosProductId("p-9"))
    assert found == replace(nothing, pending=found.pending)
    assert not found.pending
    assert kept.products.of(StoreId("lighthouse"), PRODUCT).link is None


def test_a_product_of_one_side_has_nothing_of_the_other(kept: Kept) -> None:
    kept.has(POS_ROW, POS_DETAIL)
    kept.has(WEB_ROW, WEB_DETAIL)
    found = kept.products.of(STORE, PRODUCT)
    assert (found.number, found.pos, found.web) == (None, POS_ROW, None)
    other = kept.products.of_number(STORE, NUMBER)
    assert (other.product, other.pos, other.web) == (None, None, WEB_ROW)
    assert other.web_detail == WEB_DETAIL


def test_a_product_that_is_being_imported_is_in_bigcommerce_alone(kept: Kept) -> None:
    kept.links.reserve(STORE, NUMBER)
    kept.has(WEB_ROW, None)
    assert kept.products.of_number(STORE, NUMBER) == ProductKept(None, NUMBER, web=WEB_ROW)


@pytest.mark.parametrize("nobody", ["", "x" * 256, "\U0001f600" * 255])
def test_what_can_be_no_id_has_nothing(kept: Kept, nobody: str) -> None:
    found = kept.products.of(STORE, PosProductId(nobody))
    assert (found.link, found.pos, found.web, list(found.pending)) == (None, None, None, [])
