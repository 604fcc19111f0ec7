"""What shoppers and staff do to stock, by the settings that govern an order."""

import time

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.orders.conftest import Sold, sold_by


def test_a_paid_order_takes_its_units_at_once(sold: Sold) -> None:
    sold.buy(3)
    assert sold.level() == 7
    shirts = [{"product_id": sold.shirt, "variant_id": sold.small, "quantity": 4}]
    assert sold.shop.pay(shirts) is not None
    assert sold.shop.level(sold.shirt, sold.small) == 0
    assert sold.api.product(sold.shirt)["inventory_level"] == 0


def test_the_first_to_pay_gets_the_last_unit(sold: Sold) -> None:
    sold.buy(9)
    assert sold.shop.pay(sold.mugs(2)) is None
    sold.buy(1)
    assert sold.shop.pay(sold.mugs(1)) is None
    assert sold.level() == 0


def test_a_failed_payment_is_an_incomplete_order_without_effect(sold: Sold) -> None:
    order_id = sold.shop.fail_to_pay(sold.mugs(2))
    assert sold.order(order_id)["status"] == "Incomplete"
    assert sold.level() == 10


def test_a_manual_order_takes_what_there_is_and_never_goes_below_zero(sold: Sold) -> None:
    order_id = sold.shop.place(sold.mugs(12), source="manual")
    assert sold.level() == 0
    sold.shop.cancel(order_id)
    assert sold.level() == 10


def test_an_absolute_write_under_way_swallows_an_order() -> None:
    with StoreServer(quota="none", stock_delay_ms=300) as server:
        api = Api(server)
        sold = sold_by(server, api)
        server.control.settle()
        sold.set_level(10)
        sold.buy(2)
        assert sold.level() == 8
        time.sleep(0.35)  # until the level that was accepted before the order is applied
        assert sold.level() == 10
        api.session.close()


def test_a_cancelled_order_gives_its_units_back_once(sold: Sold) -> None:
    order_id = sold.buy(3)
    sold.shop.cancel(order_id)
    sold.shop.set_status(order_id, 5)
    assert sold.level() == 10


def test_a_cancelled_order_that_comes_back_takes_its_units_again(sold: Sold) -> None:
    order_id = sold.buy(3)
    sold.shop.cancel(order_id)
    sold.shop.set_status(order_id, 11)
    assert sold.level() == 7


def test_a_pending_order_takes_stock_only_when_it_is_paid(sold: Sold) -> None:
    order_id = sold.shop.place(sold.mugs(3), status_id=1)
    assert sold.level() == 10
    sold.shop.set_status(order_id, 11)
    assert sold.level() == 7


def test_a_store_may_take_stock_only_when_all_is_shipped(sold: Sold) -> None:
    sold.shop.settings(update_stock_behavior="order_completed_or_shipped")
    order_id = sold.buy(3)
    (line,) = sold.lines(order_id)
    sold.shop.ship(order_id, {line["id"]: 1})
    assert (sold.order(order_id)["status_id"], sold.level()) == (3, 10)
    sold.shop.ship(order_id)
    assert (sold.order(order_id)["status_id"], sold.level()) == (2, 7)


def test_global_settings_govern_manual_orders_and_the_channels_its_own(sold: Sold) -> None:
    sold.shop.settings(1, update_stock_behavior="order_completed_or_shipped")
    sold.buy(1)
    assert sold.level() == 10
    sold.shop.place(sold.mugs(1), source="manual")
    assert sold.level() == 9


def test_staff_refund_into_stock_if_the_setting_says_so(sold: Sold) -> None:
    order_id = sold.buy(4)
    (line,) = sold.lines(order_id)
    sold.shop.refund(order_id, {line["id"]: 1})
    assert sold.level() == 7
    sold.shop.refund(order_id, {line["id"]: 1}, restock=False)
    assert sold.level() == 7
    sold.shop.settings(refund_order_stock_adjustment=False)
    sold.shop.refund(order_id, {line["id"]: 1})
    assert sold.level() == 7
    assert sold.lines(order_id)[0]["quantity_refunded"] == 3


def test_a_refund_through_the_api_restocks_nothing(sold: Sold) -> None:
    order_id = sold.buy(2)
    sold.shop.refund(order_id, by_app=True)
    assert (sold.order(order_id)["status"], sold.level()) == ("Refunded", 8)


def test_a_refund_of_an_amount_returns_no_unit(sold: Sold) -> None:
    order_id = sold.buy(2)
    sold.shop.refund(order_id, amount=1)
    assert (sold.order(order_id)["status"], sold.level()) == ("Partially Refunded", 8)
    assert sold.order(order_id)["refunded_amount"] == "1.0000"


def test_a_partial_refund_leaves_date_modified_and_a_whole_one_moves_it(sold: Sold) -> None:
    order_id = sold.buy(2, seconds_ago=600)
    before = sold.order(order_id)["date_modified"]
    (line,) = sold.lines(order_id)
    sold.shop.refund(order_id, {line["id"]: 1})
    assert sold.order(order_id)["date_modified"] == before
    sold.shop.refund(order_id, {line["id"]: 1})
    assert sold.order(order_id)["date_modified"] != before


def test_more_than_was_ordered_is_neither_refunded_nor_shipped(sold: Sold) -> None:
    order_id = sold.buy(2)
    (line,) = sold.lines(order_id)
    with pytest.raises(ValueError, match="2 left to refund"):
        sold.shop.refund(order_id, {line["id"]: 3})
    with pytest.raises(ValueError, match="2 left to ship"):
        sold.shop.ship(order_id, {line["id"]: 3})
    assert sold.level() == 8


def test_an_edit_moves_stock_if_the_setting_says_so(sold: Sold) -> None:
    order_id = sold.buy(2)
    (line,) = sold.lines(order_id)
    sold.shop.edit(order_id, {line["id"]: 5})
    assert sold.level() == 5
    sold.shop.edit(order_id, {line["id"]: 1})
    assert sold.level() == 9
    sold.shop.settings(edit_order_stock_adjustment=False)
    sold.shop.edit(order_id, {line["id"]: 4})
    assert (sold.level(), sold.order(order_id)["items_total"]) == (9, 4)


def test_an_edit_adds_and_removes_lines(sold: Sold) -> None:
    order_id = sold.buy(2)
    (line,) = sold.lines(order_id)
    shirt = {"product_id": sold.shirt, "variant_id": sold.small}
    sold.shop.edit(order_id, {line["id"]: 0}, added=[shirt])
    (left,) = sold.lines(order_id)
    assert (left["product_id"], sold.level()) == (sold.shirt, 10)
    assert sold.shop.level(sold.shirt, sold.small) == 3


def test_a_manual_order_made_as_awaiting_fulfilment_moves_nothing_when_edited(sold: Sold) -> None:
    order_id = sold.shop.place(sold.mugs(1), source="manual")
    (line,) = sold.lines(order_id)
    sold.shop.edit(order_id, {line["id"]: 5})
    assert sold.level() == 9


def test_an_edit_may_give_all_lines_new_ids(sold: Sold) -> None:
    order_id = sold.buy(2)
    (line,) = sold.lines(order_id)
    renamed = sold.shop.edit(order_id, new_ids=True)
    (after,) = sold.lines(order_id)
    assert renamed == {line["id"]: after["id"]}
    assert (after["id"] != line["id"], after["quantity"], sold.level()) == (True, 2, 8)


def test_archiving_moves_no_stock(sold: Sold) -> None:
    sold.shop.archive(sold.buy(2))
    assert sold.level() == 8


def test_what_is_not_tracked_or_not_in_the_catalogue_sells_without_end(sold: Sold) -> None:
    poster = sold.api.create(name="Poster")["id"]
    assert sold.shop.level(poster) is None
    assert sold.shop.pay([{"product_id": poster, "quantity": 999}]) is not None
    assert sold.shop.pay([{"name": "Custom", "quantity": 99}]) is not None


def test_an_order_that_a_till_made_says_where_it_came_from(sold: Sold) -> None:
    order_id = sold.shop.place(sold.mugs(1), source="external", external_source="POS Tillbridge")
    assert sold.order(order_id)["external_source"] == "POS Tillbridge"


@pytest.mark.parametrize("payload", [{"status_id": 99}, {"channel_id": 9}, {"currency": "XXX"}])
def test_an_order_that_cannot_be_is_refused_whole(sold: Sold, payload: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"There is no|The currency is"):
        sold.shop.place(sold.mugs(1), **payload)
    assert (sold.shop.orders(), sold.level()) == ([], 10)
