"""Houses for push: with tables in memory, and with the template's own tables on the local AWS."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.harness import House
from tests.house_parts import Tables
from tests.local_tables import MakeTable, aws, dynamodb, make_table
from tests.real_pending import RealPending
from tillbridge.adapters.clock import SystemClock
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.order_book import DynamoOrderBook
from tillbridge.adapters.dynamodb.read_model import DynamoReadModel
from tillbridge.adapters.dynamodb.stores import DynamoStores

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

type MakeTables = Callable[[], Tables]

__all__ = ["aws", "dynamodb", "make_table"]


@pytest.fixture
def real_tables(dynamodb: "DynamoDBClient", make_table: MakeTable) -> MakeTables:
    """Return a function that makes new, empty tables as template.yaml defines them."""

    def make() -> Tables:
        return Tables(
            pending=RealPending(dynamodb, make_table("PendingTable")),
            links=DynamoLinks(dynamodb, make_table("LinksTable")),
            stores=DynamoStores(dynamodb, make_table("StoresTable")),
            read_model=DynamoReadModel(dynamodb, make_table("ReadModelTable")),
            order_book=DynamoOrderBook(dynamodb, make_table("OrdersTable"), SystemClock()),
        )

    return make


@pytest.fixture(params=["in memory", "real tables"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """Yield a connected POS and store, over both kinds of tables."""
    in_memory = request.param == "in memory"
    tables = Tables() if in_memory else request.getfixturevalue("real_tables")()
    with House(tables) as opened:
        yield opened


@pytest.fixture
def quick_house() -> Iterator[House]:
    """Yield a connected POS and store with tables in memory."""
    with House() as opened:
        yield opened
