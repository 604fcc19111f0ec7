"""Others are told what shoppers and staff do to orders in a real store, and nothing of who bought."""

import json
import logging
from collections.abc import Iterator

import pytest

from sandbox.bigcommerce.orders.personal import CANARIES
from tests.contract.event_schemas import complaints
from tests.order_house import LIST, LOOK, STOCK, OrderHouse, a_mug
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.web_orders.order_events import SOURCE


@pytest.fixture(params=[WebOrderMode.LEDGER, WebOrderMode.POS])
def house(request: pytest.FixtureRequest) -> Iterator[OrderHouse]:
    with OrderHouse(Settings(web_orders=request.param, web_outlet="o-main")) as house:
        house.has_linked(a_mug(10))
        house.sweeps(0)
        house.control.reset_counts()
        yield house


def _told(house: OrderHouse) -> list[str]:
    return [str(each.type) for each in house.order_events.told]


def _settles(house: OrderHouse, order: int) -> None:
    house.clock.sleep(3)
    house.hook(order)
    house.settle()


def test_an_order_is_told_from_its_placing_to_its_end(house: OrderHouse) -> None:
    order = house.buys("p-mug", 3)
    _settles(house, order)
    (line,) = house.kept(order).entry.lines
    house.shop.refund(order, {line.shown.id: 1})
    _settles(house, order)
    house.shop.ship(order, {line.shown.id: 2})
    _settles(house, order)
    house.sweeps()
    told = _told(house)
    assert told[:2] == ["web_order.placed", "web_order.refunded"]
    assert set(told[2:]) == {"web_order.changed"}
    last = house.order_events.told[-1].detail()["data"]
    assert [(each["quantity"], each["refunded"], each["owed"]) for each in last["lines"]] == [
        (3, 1, 2)
    ]


def test_a_unit_that_was_sold_twice_is_told_with_its_order(house: OrderHouse) -> None:
    house.sells_at_the_till("p-mug", 9)
    house.settle()
    house.clock.sleep(3)
    order = house.buys("p-mug")
    house.sells_at_the_till("p-mug")
    house.settle()
    house.sweeps()
    (event,) = [each for each in house.order_events.told if each.type == "oversold"]
    assert event.detail()["data"] == {
        "product_id": "p-mug",
        "variant_id": None,
        "units": 1,
        "orders": [order],
    }


def test_nothing_that_only_a_shopper_knows_is_told_or_logged(
    house: OrderHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="tillbridge")
    for units in (4, 6):
        order = house.buys("p-mug", units)
    house.shop.cancel(order)
    house.sells_at_the_till("p-mug", 9)
    house.order_events.takes = lambda event: event.type != "oversold"
    house.settle()
    house.sweeps()
    entries = [
        {"source": SOURCE, "detail-type": str(each.type), "detail": each.detail()}
        for each in house.order_events.told
    ]
    assert [complaints(entry) for entry in entries] == [[]] * len(entries)
    assert "others were not told" in caplog.text
    told = json.dumps(entries) + " ".join(repr(vars(record)) for record in caplog.records)
    assert "web_order.placed" in told
    assert [word for word in CANARIES if word in told] == []


def test_telling_others_costs_the_store_no_call(house: OrderHouse) -> None:
    order = house.buys("p-mug")
    _settles(house, order)
    assert _told(house) == ["web_order.placed"]
    assert house.counts(LIST, LOOK, STOCK) == (1, 1, 0)
