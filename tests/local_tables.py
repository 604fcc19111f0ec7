"""Fixtures for suites that need real tables: a local AWS and the template's own definitions."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from botocore.config import Config

from sandbox.aws.package import load_template
from sandbox.aws.server import LocalAws, start_aws
from tillbridge.adapters.aws import CONFIG

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = ["MakeTable", "aws", "dynamodb", "make_table"]

type MakeTable = Callable[[str], str]
"""Makes a table from a logical id of the template; answers its name."""

_OF_CREATION = ("AttributeDefinitions", "BillingMode", "KeySchema", "LocalSecondaryIndexes")


@pytest.fixture(scope="session")
def aws() -> Iterator[LocalAws]:
    """A local AWS of this run."""
    with start_aws() as local:
        yield local


@pytest.fixture(scope="session")
def dynamodb(aws: LocalAws) -> "Iterator[DynamoDBClient]":
    """A client for many threads."""
    config = CONFIG.merge(Config(max_pool_connections=40))
    client = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url, config=config)
    yield client
    client.close()


@pytest.fixture(scope="session")
def make_table(dynamodb: "DynamoDBClient", repository: Path) -> MakeTable:
    """Makes new, empty tables as template.yaml defines them."""
    resources = load_template(repository / "template.yaml")["Resources"]

    def make(logical_id: str) -> str:
        definition = resources[logical_id]["Properties"]
        name = f"{logical_id}-{uuid4().hex}"
        arguments = {key: definition[key] for key in _OF_CREATION if key in definition}
        dynamodb.create_table(TableName=name, **arguments)
        return name

    return make
