"""What ports.listed_orders promises, kept by the fake and by the table of orders."""

import pytest

from tests.builders import STORE
from tests.fakes.listed_orders import FakeListedOrders
from tillbridge.adapters.dynamodb.listed_orders import DynamoListedOrders
from tillbridge.domain.ids import StoreId
from tillbridge.domain.versions import HIGHEST_NUMBER, version_of
from tillbridge.domain.web_orders.listed import ListedSoFar
from tillbridge.ports.listed_orders import ListedOrders


@pytest.fixture(params=["fake", "dynamodb"])
def listed(request: pytest.FixtureRequest) -> ListedOrders:
    if request.param == "fake":
        return FakeListedOrders()
    make = request.getfixturevalue("make_table")
    return DynamoListedOrders(request.getfixturevalue("dynamodb"), make("OrdersTable"))


def test_nothing_was_read_of_a_store_at_first(listed: ListedOrders) -> None:
    assert listed.read(STORE) == ListedSoFar()


def test_what_was_read_last_is_kept_store_by_store(listed: ListedOrders) -> None:
    most = version_of(3, HIGHEST_NUMBER)
    listed.keep(STORE, ListedSoFar(1, 2, 3))
    listed.keep(STORE, ListedSoFar(most - 1, most, 1_795_262_400_000))
    assert listed.read(STORE) == ListedSoFar(most - 1, most, 1_795_262_400_000)
    assert listed.read(StoreId("lighthouse")) == ListedSoFar()
