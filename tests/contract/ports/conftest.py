"""Every suite here runs against the fake and against the real adapter, on real tables and queues.

Tables are made from template.yaml's own definitions, a fresh one for each test that asks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from botocore.config import Config

from sandbox.aws.package import load_template
from sandbox.aws.server import LocalAws, start_aws
from tests.fakes.links import FakeLinks
from tillbridge.adapters.aws import CONFIG
from tillbridge.adapters.dynamodb.links import DynamoLinks
from tillbridge.ports.links import Links

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sqs import SQSClient

type MakeTable = Callable[[str], str]
"""Makes a table from a logical id of the template; answers its name."""

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
def sqs(aws: LocalAws) -> "Iterator[SQSClient]":
    client = aws.session().client("sqs", endpoint_url=aws.endpoint_url, config=CONFIG)
    yield client
    client.close()


@pytest.fixture(scope="session")
def secretsmanager(aws: LocalAws) -> "Iterator[SecretsManagerClient]":
    client = aws.session().client("secretsmanager", endpoint_url=aws.endpoint_url, config=CONFIG)
    yield client
    client.close()


@pytest.fixture(scope="session")
def make_table(dynamodb: "DynamoDBClient", repository: Path) -> MakeTable:
    resources = load_template(repository / "template.yaml")["Resources"]

    def make(logical_id: str) -> str:
        definition = resources[logical_id]["Properties"]
        name = f"{logical_id}-{uuid4().hex}"
        arguments = {key: definition[key] for key in _OF_CREATION if key in definition}
        dynamodb.create_table(TableName=name, **arguments)
        return name

    return make


@pytest.fixture(params=["fake", "dynamodb"])
def links(request: pytest.FixtureRequest) -> Links:
    if request.param == "fake":
        return FakeLinks()
    make = request.getfixturevalue("make_table")
    return DynamoLinks(request.getfixturevalue("dynamodb"), make("LinksTable"))
