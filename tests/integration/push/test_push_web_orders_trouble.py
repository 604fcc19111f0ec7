"""A store that lists orders late, short or odd, and moves stock as it likes, has no unit offered twice for
longer than a look takes."""

from collections.abc import Iterator

import pytest

from tests.order_house import LIST, LOOK, STOCK, OrderHouse, a_mug, a_shirt


@pytest.fixture
def house() -> Iterator[OrderHouse]:
    with OrderHouse() as house:
        house.has_linked(a_mug(9), a_shirt(S=4, M=4))
        house.sweeps(0)
        yield house


def both_sides_agree(house: OrderHouse, *, mugs: int) -> None:
    house.sweeps()
    house.sweeps()
    assert house.offered("p-mug") == mugs
    assert house.pending() == []


@pytest.mark.parametrize(
    "hazard",
    [
        "stock-not-taken",
        "modified-unmoved",
        "orders-capped",
        "lines-missing",
        "settings-by-channel",
    ],
)
def test_whatever_the_store_does_the_level_is_right_when_it_is_quiet(
    house: OrderHouse, hazard: str
) -> None:
    house.control.set_hazard(hazard)
    orders = [house.buys("p-mug"), house.buys("p-mug", 2), house.buys("p-shirt", 1, "v-S")]
    house.hook(*orders)
    house.settle()
    house.sells_at_the_till("p-mug")
    house.settle()
    both_sides_agree(house, mugs=5)


def test_an_order_that_the_list_shows_late_is_found_by_its_hint(house: OrderHouse) -> None:
    house.control.set_hazard("orders-late", ms=3_600_000)
    house.hook(house.buys("p-mug", 2))
    house.settle()
    house.sells_at_the_till("p-mug")
    house.settle()
    assert house.offered("p-mug") == 6
    house.control.clear_hazards()
    both_sides_agree(house, mugs=6)


def test_an_order_that_the_list_shows_late_and_no_hook_tells_of_is_found_by_the_sweep(
    house: OrderHouse,
) -> None:
    house.control.set_hazard("orders-late", ms=240_000)
    house.buys("p-mug", 2)
    house.clock.sleep(3)
    house.sells_at_the_till("p-mug")
    house.settle()
    house.control.clear_hazards()
    both_sides_agree(house, mugs=6)


def test_an_edit_that_moves_no_time_is_found_by_its_hint(house: OrderHouse) -> None:
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    house.control.set_hazard("modified-unmoved")
    line = house.shop.orders()[-1]["lines"][0]["id"]
    house.clock.sleep(400)
    house.sweeps()
    house.shop.edit(order, {line: 3})
    house.hook(order)
    house.settle()
    assert house.kept(order).entry.accounts[0].owed == 3
    both_sides_agree(house, mugs=6)


def test_units_that_a_cancel_restocks_twice_are_taken_off_at_once(house: OrderHouse) -> None:
    order = house.buys("p-mug", 2)
    house.hook(order)
    house.settle()
    house.control.set_hazard("restocked-twice")
    house.shop.cancel(order)
    assert house.offered("p-mug") == 11
    house.hook(order)
    house.one_slice()
    house.control.settle()
    assert house.offered("p-mug") == 9


def test_stock_that_another_app_moves_with_an_order_is_put_right(house: OrderHouse) -> None:
    house.control.set_hazard("stock-moved-by-others", by=3)
    house.hook(house.buys("p-mug", 2))
    house.settle()
    house.control.clear_hazards()
    both_sides_agree(house, mugs=7)


def test_orders_that_cannot_be_read_hold_the_stock_and_blame_no_product(house: OrderHouse) -> None:
    house.control.set_hazard("server-error", path="/orders", status=503)
    house.buys("p-mug", 2)
    house.clock.sleep(3)
    house.sells_at_the_till("p-mug")
    house.one_slice()
    assert house.offered("p-mug") == 7
    assert house.connection.failures == 1
    assert house.link("p-mug").problem is None
    house.control.clear_hazards()
    house.settle()
    assert house.offered("p-mug") == 6
    assert house.swallowed() == []


def test_a_token_without_the_right_to_read_orders_is_said_in_words(house: OrderHouse) -> None:
    house.control.set_hazard("scope-missing", scope="store_v2_orders_read_only")
    house.clock.sleep(3)
    house.sells_at_the_till("p-mug")
    house.one_slice()
    assert house.connection.attention_words
    assert house.link("p-mug").problem is None


def test_a_level_that_was_set_lower_by_hand_is_raised_after_two_looks_only(
    house: OrderHouse,
) -> None:
    item = {"location_id": 1, "product_id": house.link("p-mug").id, "quantity": 1}
    house.call("PUT", "/inventory/adjustments/absolute", {"items": [item]})
    house.control.settle()
    house.hook(house.buys("p-mug"))
    house.control.reset_counts()
    house.one_slice()
    assert house.counts(LIST, LOOK, STOCK) == (1, 1, 0)
    house.clock.sleep(29)
    house.one_slice()
    assert house.counts(LOOK, STOCK) == (1, 0)
    house.clock.sleep(2)
    house.one_slice()
    house.control.settle()
    assert house.counts(LIST, LOOK, STOCK) == (2, 2, 1)
    assert house.offered("p-mug") == 8


def test_what_a_write_undid_is_taken_off_ten_seconds_later(house: OrderHouse) -> None:
    house.hook(house.buys("p-mug", 2))
    house.settle()
    house.control.set_hazard("stock-async", ms=400)
    house.clock.sleep(3)
    house.sells_at_the_till("p-mug")
    house.one_slice()  # the level 6 is accepted, and not applied yet
    house.buys("p-mug", 2)
    house.control.settle()
    assert house.offered("p-mug") == 6, "the order's units are back on sale"
    house.control.clear_hazards()
    house.hook("all")
    house.settle()
    assert house.offered("p-mug") == 4


def test_an_order_that_was_cancelled_before_it_was_read_is_looked_at(house: OrderHouse) -> None:
    house.control.set_hazard("restocked-twice")
    order = house.buys("p-mug", 2)
    house.shop.cancel(order)
    assert house.offered("p-mug") == 11
    house.control.clear_hazards()
    both_sides_agree(house, mugs=9)
