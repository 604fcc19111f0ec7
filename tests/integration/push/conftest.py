"""Houses for push: with tables in memory, and with the template's own tables on the local AWS."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from botocore.config import Config

from sandbox.aws.package import load_template
from sandbox.aws.server import LocalAws, start_aws
from tests.harness import House
from tests.house_parts import Tables
from tillbridge.adapters.aws import CONFIG
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.local_copy import DynamoLocalCopy
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.adapters.dynamodb.stores import DynamoStores

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

type MakeTables = Callable[[], Tables]

_OF_CREATION = ("AttributeDefinitions", "BillingMode", "KeySchema", "LocalSecondaryIndexes")


@pytest.fixture(scope="session")
def aws() -> Iterator[LocalAws]:
    with start_aws() as local:
        yield local


@pytest.fixture(scope="session")
def dynamodb(aws: LocalAws) -> "Iterator[DynamoDBClient]":
    config = CONFIG.merge(Config(max_pool_connections=40))
    client = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url, config=config)
    yield client
    client.close()


@pytest.fixture(scope="session")
def real_tables(dynamodb: "DynamoDBClient", repository: Path) -> MakeTables:
    """Makes new, empty tables as template.yaml defines them."""
    resources = load_template(repository / "template.yaml")["Resources"]

    def table(logical_id: str) -> str:
        definition = resources[logical_id]["Properties"]
        name = f"{logical_id}-{uuid4().hex}"
        arguments = {key: definition[key] for key in _OF_CREATION if key in definition}
        dynamodb.create_table(TableName=name, **arguments)
        return name

    def make() -> Tables:
        return Tables(
            pending=DynamoPending(dynamodb, table("PendingTable")),
            links=DynamoLinks(dynamodb, table("LinksTable")),
            stores=DynamoStores(dynamodb, table("StoresTable")),
            copy=DynamoLocalCopy(dynamodb, table("LocalCopyTable")),
        )

    return make


@pytest.fixture(params=["in memory", "real tables"])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """A connected POS and store, over both kinds of tables."""
    in_memory = request.param == "in memory"
    tables = Tables() if in_memory else request.getfixturevalue("real_tables")()
    with House(tables) as opened:
        yield opened


@pytest.fixture
def quick_house() -> Iterator[House]:
    """A connected POS and store with tables in memory."""
    with House() as opened:
        yield opened
