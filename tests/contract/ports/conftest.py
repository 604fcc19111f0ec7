"""Every suite here runs against the fake and against the real adapter, on real tables and queues.

Tables are made from template.yaml's own definitions, a fresh one for each test that asks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from sandbox.aws.server import LocalAws
from tests.contract.ports.kept_stores import KeptStores
from tests.fakes.links import FakeLinks
from tests.fakes.pos_mirror import FakePosMirror
from tests.fakes.stores import FakeStores
from tests.local_tables import MakeTable, aws, dynamodb, make_shared_table, make_table
from tillbridge.adapters.aws import CONFIG
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.keys import version_counter
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.pos_mirror.table import DynamoPosMirror
from tillbridge.ports.links import Links
from tillbridge.ports.pos_mirror import PosMirror

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

__all__ = ["MakeTable", "aws", "dynamodb", "make_shared_table", "make_table"]


@pytest.fixture(scope="session")
def sqs(aws: LocalAws) -> "Iterator[SQSClient]":
    client = aws.session().client("sqs", endpoint_url=aws.endpoint_url, config=CONFIG)
    yield client
    client.close()


@pytest.fixture(scope="session")
def secretsmanager(aws: LocalAws) -> "Iterator[SecretsManagerClient]":
    client = aws.session().client("secretsmanager", endpoint_url=aws.endpoint_url, config=CONFIG)
    yield client
    client.close()


@pytest.fixture(params=["fake", "dynamodb"])
def links(request: pytest.FixtureRequest) -> Links:
    if request.param == "fake":
        return FakeLinks()
    make = request.getfixturevalue("make_table")
    return DynamoLinks(request.getfixturevalue("dynamodb"), make("LinksTable"))


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> KeptStores:
    if request.param == "fake":
        return FakeStores()
    make_table = request.getfixturevalue("make_table")
    return DynamoStores(request.getfixturevalue("dynamodb"), make_table("StoresTable"))


@pytest.fixture(params=["fake", "dynamodb"])
def mirror(request: pytest.FixtureRequest) -> PosMirror:
    if request.param == "fake":
        return FakePosMirror()
    make, client = request.getfixturevalue("make_table"), request.getfixturevalue("dynamodb")
    versions = DynamoCounters(client, make("CountersTable"), version_counter, first=1)
    return DynamoPosMirror(client, make("PosMirrorTable"), versions)
