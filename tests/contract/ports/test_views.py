"""What ports.read_model.Views promises: reconcile reads rows, forgets them, and lists the links."""

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_link
from tests.fakes.links import FakeLinks
from tests.fakes.read_model import FakeReadModel
from tests.fakes.reconcile import FakeLinkList
from tillbridge.adapters.dynamodb.link_list import DynamoLinkList
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.link_list import LinkList
from tillbridge.ports.links import Links
from tillbridge.ports.read_model import Views


@pytest.fixture(params=["fake", "dynamodb"])
def views(request: pytest.FixtureRequest) -> Views:
    if request.param == "fake":
        return FakeReadModel()
    make = request.getfixturevalue("make_table")
    return DynamoReadModel(request.getfixturevalue("dynamodb"), make("ReadModelTable"))


@pytest.fixture(params=["fake", "dynamodb"])
def listed(request: pytest.FixtureRequest) -> tuple[Links, LinkList]:
    if request.param == "fake":
        links = FakeLinks()
        return links, FakeLinkList(links)
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("LinksTable")
    return DynamoLinks(client, table), DynamoLinkList(client, table)


def a_row(number: int, side: str = "web") -> ViewRow:
    return ViewRow(side, str(number), f"Product {number}", f"S{number}", skus=(f"S{number}", "T"))


def test_rows_come_back_as_they_were_put_with_every_sku(views: Views) -> None:
    views.put(STORE, [a_row(1), a_row(2), a_row(1, "pos")])
    assert views.get(STORE, "web", ["1", "2", "3"]) == {"1": a_row(1), "2": a_row(2)}
    assert views.get(StoreId("other"), "web", ["1"]) == {}


def test_the_ids_of_a_side_are_all_listed(views: Views) -> None:
    views.put(STORE, [a_row(number) for number in range(130)])
    assert sorted(views.ids(STORE, "web"), key=int) == [str(number) for number in range(130)]
    assert list(views.ids(STORE, "pos")) == []


def test_what_is_removed_is_gone_and_removing_it_again_does_no_harm(views: Views) -> None:
    views.put(STORE, [a_row(1), a_row(2)])
    views.remove(STORE, "web", ["1"])
    views.remove(STORE, "web", ["1", "9"])
    assert list(views.ids(STORE, "web")) == ["2"]


def test_every_linked_product_is_listed_with_its_way_back(
    listed: tuple[Links, LinkList],
) -> None:
    links, link_list = listed
    links.linked(STORE, a_link(LANTERN, id=StoreProductId(101)))
    links.linked(STORE, a_link(JUMPER, id=StoreProductId(202)))
    links.linked(StoreId("other"), a_link(LANTERN, id=StoreProductId(303)))
    assert dict(link_list.holders_of(STORE)) == {
        101: PosProductId(LANTERN),
        202: PosProductId(JUMPER),
    }
