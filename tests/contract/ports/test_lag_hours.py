"""What the hours of lags promise, kept by the fake and by DynamoDB."""

import pytest

from tests.builders import STORE
from tests.contract.ports.kept_stores import LIGHTHOUSE, KeptStores
from tests.fakes.history import FakeLagHours
from tests.local_tables import items_in
from tillbridge.adapters.dynamodb.lag_hours import DynamoLagHours
from tillbridge.domain.lag_histogram import HourLags, LagPath, histogram_of, merged
from tillbridge.domain.slices import Turn
from tillbridge.ports.lag_hours import LagHours

HOUR = 498_684
SALES = {LagPath.STOCK: histogram_of([900, 1_400, 61_000])}
ORDERS = {LagPath.ORDER_BOOKED: histogram_of([4_000])}


@pytest.fixture(params=["fake", "dynamodb"])
def hours(request: pytest.FixtureRequest) -> LagHours:
    if request.param == "fake":
        return FakeLagHours()
    make = request.getfixturevalue("make_table")
    return DynamoLagHours(request.getfixturevalue("dynamodb"), make("HistoryTable"))


def test_hours_come_whole_oldest_first_from_one_to_another(hours: LagHours) -> None:
    for number in (2, 0, 3, 1, 26):
        hours.put(STORE, HourLags(HOUR + number, SALES))
    hours.put(LIGHTHOUSE, HourLags(HOUR + 1, ORDERS))

    found = hours.of(STORE, HOUR + 1, HOUR + 3)

    assert found == [HourLags(HOUR + number, SALES) for number in (1, 2, 3)]


def test_an_hour_that_is_put_twice_counts_once(hours: LagHours) -> None:
    hours.put(STORE, HourLags(HOUR, SALES))
    hours.put(STORE, HourLags(HOUR, SALES))

    assert hours.of(STORE, HOUR, HOUR) == [HourLags(HOUR, SALES)]


def test_what_orders_add_is_beside_what_the_drain_puts(hours: LagHours) -> None:
    hours.add_orders(STORE, HourLags(HOUR, ORDERS))
    hours.put(STORE, HourLags(HOUR, SALES))
    hours.add_orders(STORE, HourLags(HOUR, ORDERS))

    (found,) = hours.of(STORE, HOUR, HOUR)
    assert found == HourLags(HOUR, merged(SALES, ORDERS, ORDERS))


def test_the_running_hour_stands_for_what_a_killed_slice_put_of_it(hours: LagHours) -> None:
    running = HourLags(HOUR, SALES)
    hours.put(STORE, running)
    hours.add_orders(STORE, HourLags(HOUR, ORDERS))

    assert hours.of(STORE, HOUR, HOUR, running) == [HourLags(HOUR, merged(SALES, ORDERS))]
    assert hours.of(STORE, HOUR, HOUR, HourLags(HOUR + 1, SALES)) == hours.of(STORE, HOUR, HOUR)
    assert hours.of(STORE, HOUR + 1, HOUR + 1, HourLags(HOUR + 1)) == []


def test_dynamodb_keeps_an_hour_for_ninety_days_and_one_that_is_unreadable_hides_no_other(
    request: pytest.FixtureRequest,
) -> None:
    client = request.getfixturevalue("dynamodb")
    table = request.getfixturevalue("make_table")("HistoryTable")
    hours = DynamoLagHours(client, table)
    hours.put(STORE, HourLags(HOUR, SALES))
    (item,) = items_in(client, table)
    assert item["sk"] == {"S": "hour#2026112112"}
    assert item["expires_at"] == {"N": str(HOUR * 3_600 + 90 * 24 * 3_600)}

    client.put_item(TableName=table, Item={**item, "lags": {"B": b"\xff"}})
    hours.put(STORE, HourLags(HOUR + 1, SALES))

    assert hours.of(STORE, HOUR, HOUR + 1) == [HourLags(HOUR + 1, SALES)]


def test_the_running_hour_is_told_to_the_next_slice_and_to_people(stores: KeptStores) -> None:
    running = HourLags(HOUR, SALES)
    assert stores.running_hour(STORE) == HourLags()
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(hour=running))

    assert stores.running_hour(STORE) == running
    assert stores.begin_slice(STORE, "two", 2_000, 62_000) == Turn(hour=running)


def test_a_slice_that_is_killed_leaves_the_hour_of_the_one_before(stores: KeptStores) -> None:
    running = HourLags(HOUR, SALES)
    stores.begin_slice(STORE, "one", 1_000, 61_000)
    stores.end_slice(STORE, "one", Turn(hour=running))
    stores.begin_slice(STORE, "killed", 2_000, 62_000)

    assert stores.running_hour(STORE) == running
    after = stores.begin_slice(STORE, "two", 62_000, 122_000)
    assert after == Turn(unsure=True, killed_ms=62_000, hour=running)
