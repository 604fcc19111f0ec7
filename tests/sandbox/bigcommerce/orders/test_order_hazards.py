"""Hazards of orders: each does what it says, and nothing once it is cleared."""

import pytest

from tests.sandbox.bigcommerce.orders.conftest import Sold


def test_orders_late_hides_the_newest_from_the_list_alone(sold: Sold) -> None:
    old = sold.buy(seconds_ago=60)
    new = sold.buy()
    sold.shop.set_hazard("orders-late", ms=30_000)
    assert sold.listed() == [old]
    assert sold.order(new)["id"] == new
    sold.shop.clear_hazards()
    assert sold.listed() == [old, new]


def test_lines_missing_leaves_one_out_of_the_consignments(sold: Sold) -> None:
    shirt = {"product_id": sold.shirt, "variant_id": sold.small}
    order_id = sold.shop.pay([*sold.mugs(2), shirt])
    assert order_id is not None
    sold.shop.set_hazard("lines-missing")
    order = sold.order(order_id)
    (shipping,) = order["consignments"]["shipping"]
    assert [line["product_id"] for line in shipping["line_items"]] == [sold.mug]
    assert order["items_total"] == 3
    assert len(sold.lines(order_id)) == 2


def test_modified_unmoved_leaves_the_date_where_it_was(sold: Sold) -> None:
    order_id = sold.buy(seconds_ago=600)
    before = sold.order(order_id)["date_modified"]
    sold.shop.set_hazard("modified-unmoved")
    sold.shop.cancel(order_id)
    assert (sold.order(order_id)["date_modified"], sold.level()) == (before, 10)


def test_stock_not_taken_sells_without_taking(sold: Sold) -> None:
    sold.shop.set_hazard("stock-not-taken", remaining=1)
    order_id = sold.buy(3)
    assert sold.level() == 10
    sold.shop.ship(order_id)
    assert sold.level() == 10
    sold.buy(3)
    assert sold.level() == 7


def test_restocked_twice_gives_back_more_than_was_taken(sold: Sold) -> None:
    order_id = sold.buy(3)
    sold.shop.set_hazard("restocked-twice")
    sold.shop.cancel(order_id)
    assert sold.level() == 13


def test_settings_by_channel_are_contrary_to_the_global_ones(sold: Sold) -> None:
    sold.shop.set_hazard("settings-by-channel")
    shown = sold.api.get("/settings/inventory").json()["data"]
    own = sold.api.get("/settings/inventory?channel_id=1").json()["data"]
    assert shown["update_stock_behavior"] == "order_placed"
    assert own["update_stock_behavior"] == "order_completed_or_shipped"
    sold.buy(3)
    assert sold.level() == 10


@pytest.mark.parametrize(("by", "level"), [(3, 11), (-20, 0)])
def test_stock_moved_by_others_moves_what_was_just_sold(sold: Sold, by: int, level: int) -> None:
    sold.shop.set_hazard("stock-moved-by-others", by=by)
    sold.buy(2)
    assert sold.level() == level
