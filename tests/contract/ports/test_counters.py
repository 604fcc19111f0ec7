"""What the port of counters promises: no number is given out twice, even to callers at the same
instant."""

from typing import TYPE_CHECKING

import pytest

from tests.contract.ports.conftest import MakeTable
from tests.contract.ports.races import race
from tests.fakes.counters import FakeCounters
from tillbridge.adapters.dynamodb.counters import DynamoCounters
from tillbridge.adapters.dynamodb.keys import version_counter
from tillbridge.domain.generated_skus import FIRST
from tillbridge.ports.counters import Counters
from tillbridge.usecases.import_products.skus import SkuIssuer

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture(params=["fake", "dynamodb"])
def counters(request: pytest.FixtureRequest) -> Counters:
    if request.param == "fake":
        return FakeCounters()
    make: MakeTable = request.getfixturevalue("make_table")
    return DynamoCounters(request.getfixturevalue("dynamodb"), make("CountersTable"))


def test_the_first_block_begins_where_skus_begin(counters: Counters) -> None:
    assert counters.take("pos-a", 100) == range(FIRST, FIRST + 100)
    assert counters.take("pos-a", 5) == range(FIRST + 100, FIRST + 105)


def test_accounts_count_apart(counters: Counters) -> None:
    counters.take("pos-a", 100)
    assert counters.take("pos-b", 1) == range(FIRST, FIRST + 1)


def test_a_counter_rises_above_what_the_pos_already_has_and_never_falls(
    counters: Counters,
) -> None:
    counters.raise_to("pos-a", 20_000)
    counters.raise_to("pos-a", 15_000)
    assert counters.take("pos-a", 2) == range(20_000, 20_002)


def test_sixteen_importers_that_issue_at_once_never_issue_the_same(counters: Counters) -> None:
    outcomes = race([lambda: SkuIssuer(counters, "pos-a").issue(200) for _ in range(16)])
    issued = [sku for outcome in outcomes if isinstance(outcome, tuple | list) for sku in outcome]
    assert len(issued) == len(set(issued)) == 3_200


def test_what_is_counted_apart_counts_from_its_own_first_number(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table = make_table("CountersTable")
    skus = DynamoCounters(dynamodb, table)
    versions = DynamoCounters(dynamodb, table, version_counter, first=1)
    assert versions.take("pos-a", 3) == range(1, 4)
    assert skus.take("pos-a", 1) == range(FIRST, FIRST + 1)
    assert versions.take("pos-a", 1) == range(4, 5)
