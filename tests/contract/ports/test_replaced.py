"""What a first push replaced is kept whole, however long, and found again."""

import base64
import random
from typing import TYPE_CHECKING

import pytest

from tests.builders import LANTERN, STORE
from tests.fakes.clock import FakeClock
from tests.fakes.replaced import FakeReplaced
from tests.local_tables import MakeTable
from tillbridge.adapters.dynamodb.replaced import KEPT_SECONDS, DynamoReplaced
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.web_product import WebProduct
from tillbridge.ports.replaced import Replaced

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

A_ROW_TAKES = 400 * 1_024


def a_shown_lamp(characters: int = 20) -> WebProduct:
    words = base64.b64encode(random.Random(1).randbytes(characters)).decode()
    return WebProduct(StoreProductId(812), "Lamp", description=words)


@pytest.fixture(params=["fake", "dynamodb"])
def replaced(request: pytest.FixtureRequest) -> Replaced:
    if request.param == "fake":
        return FakeReplaced()
    make = request.getfixturevalue("make_table")
    client = request.getfixturevalue("dynamodb")
    return DynamoReplaced(client, make("StoresTable"), FakeClock())


@pytest.mark.parametrize("characters", [20, 2_000_000])
def test_what_was_kept_is_found_as_it_was(replaced: Replaced, characters: int) -> None:
    replaced.keep(STORE, LANTERN, a_shown_lamp())
    replaced.keep(STORE, LANTERN, a_shown_lamp(characters))
    assert replaced.find(STORE, LANTERN) == a_shown_lamp(characters)
    assert replaced.find(STORE, PosProductId("p-other")) is None


def test_no_row_is_longer_than_dynamodb_takes(
    dynamodb: "DynamoDBClient", make_table: MakeTable
) -> None:
    table, clock = make_table("StoresTable"), FakeClock()
    replaced = DynamoReplaced(dynamodb, table, clock)
    replaced.keep(STORE, LANTERN, a_shown_lamp(2_000_000))
    pages = dynamodb.get_paginator("scan").paginate(TableName=table)
    rows = [row for page in pages for row in page["Items"]]
    assert len(rows) > 4
    assert all(len(row.get("piece", {}).get("B", b"")) < A_ROW_TAKES for row in rows)
    assert all("expires_at" in row for row in rows)
    clock.advance(KEPT_SECONDS + 1)
    assert replaced.find(STORE, LANTERN) is None
