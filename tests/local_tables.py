"""Fixtures for suites that need real tables: a local AWS, and tables as the template defines
them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from botocore.config import Config

from sandbox.aws.package import load_template
from sandbox.aws.server import LocalAws, start_aws
from tests.released.rows import seen
from tillbridge.adapters.aws import CONFIG
from tillbridge.adapters.dynamodb.attributes import SHAPE, Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = [
    "MakeTable",
    "aws",
    "dynamodb",
    "items_in",
    "make_shared_table",
    "make_table",
    "nameless",
]

type MakeTable = Callable[[str], str]
"""Makes a table from a logical id of the template, and returns its name."""

_OF_CREATION = (
    "AttributeDefinitions",
    "BillingMode",
    "KeySchema",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
)


@pytest.fixture(scope="session")
def aws() -> Iterator[LocalAws]:
    """Yield a local AWS for this run."""
    with start_aws() as local:
        yield local


@pytest.fixture(scope="session")
def dynamodb(aws: LocalAws) -> "Iterator[DynamoDBClient]":
    """Yield a client for many threads."""
    config = CONFIG.merge(Config(max_pool_connections=40))
    client = aws.session().client("dynamodb", endpoint_url=aws.endpoint_url, config=config)
    yield client
    client.close()


@pytest.fixture
def make_table(
    dynamodb: "DynamoDBClient", repository: Path, request: pytest.FixtureRequest
) -> Iterator[MakeTable]:
    """Yield a function that makes new, empty tables for one test."""
    with _tables(dynamodb, repository, request.path) as make:
        yield make


@pytest.fixture(scope="module")
def make_shared_table(
    dynamodb: "DynamoDBClient", repository: Path, request: pytest.FixtureRequest
) -> Iterator[MakeTable]:
    """Yield a function that makes tables for all tests of a file which only read what was put there first."""
    with _tables(dynamodb, repository, request.path) as make:
        yield make


@contextmanager
def _tables(dynamodb: "DynamoDBClient", repository: Path, suite: Path) -> Iterator[MakeTable]:
    """Yield a function that makes new, empty tables as template.yaml defines them. Assert at the
    end that every item in them names the version of its shape, whoever wrote it, and, in the
    contract suites, that it looks as the coming release's rows do."""
    made: list[str] = []

    def make(logical_id: str) -> str:
        definition = _resources(repository / "template.yaml")[logical_id]["Properties"]
        name = f"{logical_id}-{uuid4().hex}"
        arguments = {key: definition[key] for key in _OF_CREATION if key in definition}
        dynamodb.create_table(TableName=name, **arguments)
        made.append(name)
        return name

    yield make
    there = {table: items_in(dynamodb, table) for table in made}
    found = [each for table, items in there.items() for each in _nameless(table, items)]
    assert found == [], "stored without the version of its shape"
    if not suite.is_relative_to(repository / "tests" / "contract"):
        return  # others store what no writer would, or what takes minutes to make
    news = [n for table, items in there.items() for n in seen(table.partition("-")[0], items)]
    assert news == [], "no released row has this: see docs/releasing.md, then `make released`"


def nameless(dynamodb: "DynamoDBClient", table: str) -> list[str]:
    """Return the items of a table that do not name the version of their shape."""
    return _nameless(table, items_in(dynamodb, table))


def _nameless(table: str, items: list[Item]) -> list[str]:
    return sorted(
        f"{table}: {item['pk']['S']} / {item['sk']['S']}"
        for item in items
        if item.get("v") != {"N": str(SHAPE)}
    )


def items_in(dynamodb: "DynamoDBClient", table: str) -> list[Item]:
    """Return everything that lies in a table."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return [item for page in pages for item in page["Items"]]


@cache
def _resources(template: Path) -> dict[str, Any]:
    resources: dict[str, Any] = load_template(template)["Resources"]
    return resources
