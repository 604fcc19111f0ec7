"""`tillbridge verify` judges web orders and levels of a store that sells on the web."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cli.verify import verify as verifying
from cli.verify.model import Verdict
from cli.verify.order_reader import refunded_since
from cli.verify.store_reader import open_store
from sandbox.bigcommerce.state.config import WEB_STAFF
from tests.harness import House
from tests.order_house import OrderHouse, a_mug, a_shirt
from tillbridge.domain.connection import Settings, WebOrderMode

AGENT = "tillbridge-verify"
POS_MODE = Settings(web_orders=WebOrderMode.POS, web_outlet="o-main")


@pytest.fixture
def ledger() -> Iterator[OrderHouse]:
    with OrderHouse() as house:
        house.has_linked(a_mug(5), a_shirt(S=4, M=4))
        yield house


@pytest.fixture
def pos() -> Iterator[OrderHouse]:
    with OrderHouse(POS_MODE) as house:
        house.has_linked(a_mug(5), a_shirt(S=4, M=4))
        yield house


def sold(house: OrderHouse, product: str = "p-mug", units: int = 2) -> int:
    """Return the number of an order that was placed and read."""
    order = house.buys(product, units)
    house.hook(order)
    house.settle()
    return order


def kinds(verdict: Verdict) -> list[tuple[int, str]]:
    return [(each.order, each.kind) for each in (*verdict.orders_wrong, *verdict.orders_waiting)]


def test_a_shop_with_open_orders_has_no_difference(ledger: OrderHouse) -> None:
    sold(ledger)
    ledger.hook(ledger.buys("p-shirt", 1, "v-S"))
    ledger.settle()
    verdict = ledger.verdict()
    assert verdict.ok, verdict
    assert (verdict.web_orders, verdict.orders, kinds(verdict)) == ("ledger", 2, [])


def test_an_order_that_nobody_read_is_missing_in_the_book(ledger: OrderHouse) -> None:
    order = ledger.buys("p-mug", 2)
    verdict = ledger.verdict()
    assert not verdict.ok
    assert kinds(verdict) == [(order, "not_counted")]
    assert verdict.mismatches == []  # BigCommerce took the units off by itself


def test_a_level_that_offers_what_the_web_has_sold_is_too_high(ledger: OrderHouse) -> None:
    order = sold(ledger)
    sets_level(ledger, 5)
    (wrong,) = ledger.verdict().wrong_levels
    assert (wrong.pos_id, wrong.too, wrong.store, wrong.pos) == ("p-mug", "high", "5", "3")
    assert "Mug (SKU MUG): 5 online, and should be 3; 2 too many are on sale" in wrong.words
    assert f"2 of them promised on the web (order {order})" in wrong.words


def test_a_level_that_lacks_units_is_too_low_and_comes_after_one_that_is_too_high(
    ledger: OrderHouse,
) -> None:
    sold(ledger)
    sets_level(ledger, 2)
    link = ledger.link("p-shirt")
    sets_level(ledger, 9, variant_id=next(iter(link.variants.values())).id)
    found = ledger.verdict().wrong_levels
    assert [(each.pos_id, each.too) for each in found] == [("p-shirt", "high"), ("p-mug", "low")]


def test_an_archived_order_goes_on_being_judged(ledger: OrderHouse) -> None:
    order = sold(ledger)
    ledger.shop.archive(order)
    assert ledger.verdict().ok
    ledger.shop.cancel(order)
    assert (order, "not_as_shown") in kinds(ledger.verdict())


def test_an_order_that_the_pos_was_not_told_of_yet_is_named(pos: OrderHouse) -> None:
    order = sold(pos)
    verdict = pos.verdict()
    assert verdict.ok, verdict
    assert kinds(verdict) == [(order, "waiting")]


def test_an_order_that_the_pos_has_booked_is_right(pos: OrderHouse) -> None:
    order = sold(pos)
    pos.books(order)
    pos.settle()
    assert (pos.verdict().ok, kinds(pos.verdict())) == (True, [])


def test_while_an_answer_of_the_pos_is_lost_a_level_may_be_lower(pos: OrderHouse) -> None:
    order = sold(pos)
    pos.asks(order)
    pos.settle()
    assert pos.offered("p-mug") == 1  # of 3: two may be booked, or not
    verdict = pos.verdict()
    assert verdict.ok, verdict
    assert kinds(verdict) == [(order, "waiting")]


def test_a_refund_that_no_hook_told_has_an_hour_to_be_read(pos: OrderHouse) -> None:
    order = sold(pos)
    pos.books(order)
    pos.settle()
    began_ms = pos.clock.now_ms() - 60_000
    (line,) = pos.kept(order).entry.lines
    pos.shop.refund(order, {int(line.shown.id): 1})
    at_rest = pos.verdict()
    assert kinds(at_rest) == [(order, "not_as_shown")]
    with open_store(pos.store_side) as reader:
        assert refunded_since(reader, began_ms) == {order}


def test_a_booking_that_somebody_doubled_in_the_pos_is_found(pos: OrderHouse) -> None:
    order = sold(pos)
    pos.books(order)
    pos.settle()
    name = f"bigcommerce:{pos.store.store_hash}:{order}"
    (line,) = pos.kept(order).entry.lines
    pos.pos.change_booking(external_id=name, units={str(line.shown.id): "4"})
    assert (order, "booked_twice") in kinds(pos.verdict())
    pos.pos.change_booking(external_id=name, units={str(line.shown.id): "1"})
    assert (order, "wrong_units") in kinds(pos.verdict())


def test_a_cancelled_order_that_is_still_booked_is_named_until_the_pos_took_it_back(
    pos: OrderHouse,
) -> None:
    order = sold(pos)
    pos.books(order)
    pos.settle()
    pos.shop.cancel(order)
    pos.hook(order)
    pos.settle()
    assert kinds(pos.verdict()) == [(order, "waiting")]
    pos.books(order)
    pos.settle()
    assert kinds(pos.verdict()) == []


def test_a_store_that_reads_no_orders_sees_not_one_call_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("orders were read")

    monkeypatch.setattr(verifying, "WebOrders", never)
    monkeypatch.setattr(verifying, "open_orders", never)
    with House() as house:
        house.has_linked(a_mug(5))
        house.control.reset_counts()
        verdict = house.verdict()
        calls = house.control.counts()["by_agent"][AGENT]
    assert (verdict.ok, verdict.web_orders, verdict.orders) == (True, "off", 0)
    assert {path for path in calls if "orders" in path} == set()


def sets_level(house: OrderHouse, level: int, **identity: object) -> None:
    """Set a level behind our back; the mug's unless another variant is named."""
    of = identity or {"product_id": house.link("p-mug").id}
    item = {"location_id": 1, "quantity": level, **of}
    house.call("PUT", "/inventory/adjustments/absolute", {"reason": WEB_STAFF, "items": [item]})
    house.control.settle()
