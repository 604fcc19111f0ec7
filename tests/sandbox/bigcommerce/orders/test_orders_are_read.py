"""Orders as apps read them: lists, filters, lines, counts and refunds."""

import time
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

import pytest

from sandbox.bigcommerce.orders.personal import CANARIES
from sandbox.bigcommerce.state.config import StoreConfig
from tests.sandbox.bigcommerce.orders.conftest import Sold


def test_a_store_without_orders_answers_204(sold: Sold) -> None:
    answer = sold.api.get("/v2/orders")
    assert (answer.status_code, answer.text) == (204, "")


def test_orders_come_by_id_and_an_id_pages_them(sold: Sold) -> None:
    placed = [sold.buy() for _ in range(5)]
    assert placed == [100, 101, 102, 103, 104]
    assert sold.listed() == placed
    assert sold.listed("limit=2&min_id=102") == [102, 103]
    assert sold.listed("max_id=101&sort=id:desc") == [101, 100]
    assert sold.listed("limit=2&page=3") == [104]
    assert sold.listed("limit=2&page=4") == []


def test_a_list_holds_fifty_orders_unless_asked_and_250_at_most(sold: Sold) -> None:
    sold.set_level(1000)
    for _ in range(260):
        sold.buy()
    assert len(sold.listed()) == 50
    assert len(sold.listed("limit=900")) == 250
    sold.shop.set_hazard("orders-capped")
    assert len(sold.listed("limit=250")) == 50


def test_the_list_has_the_lines_in_their_consignments(sold: Sold) -> None:
    sold.shop.pay(
        [
            {"product_id": sold.mug, "quantity": 2},
            {"product_id": sold.shirt, "variant_id": sold.small},
            {"name": "Song", "price": 1, "type": "digital"},
            {"name": "Gift", "price": 20, "type": "giftcertificate"},
        ]
    )
    (order,) = sold.api.get(
        "/v2/orders?include=consignments.line_items&consignment_structure=object"
    ).json()
    (shipping,) = order["consignments"]["shipping"]
    seen = [(line["product_id"], line["variant_id"]) for line in shipping["line_items"]]
    assert seen[1] == (sold.shirt, sold.small)
    assert order["items_total"] == 5
    assert len(order["consignments"]["downloads"][0]["line_items"]) == 1
    certificate = order["consignments"]["email"]["gift_certificates"][0]["line_items"][0]
    assert (certificate["type"], certificate["variant_id"]) == ("giftcertificate", 0)
    assert len(sold.lines(order["id"])) == 4


def test_consignments_without_their_structure_are_refused(sold: Sold) -> None:
    sold.buy()
    assert sold.api.get("/v2/orders?include=consignments").status_code == 400


def test_a_custom_line_has_no_product_and_the_variant_id_0(sold: Sold) -> None:
    order_id = sold.shop.place([{"name": "Engraving", "price": 4}], source="manual")
    (line,) = sold.lines(order_id)
    assert (line["product_id"], line["variant_id"], line["type"]) == (0, 0, "physical")


def test_a_line_of_a_simple_product_has_its_base_variant(sold: Sold) -> None:
    (line,) = sold.lines(sold.buy())
    assert line["variant_id"] == sold.api.product(sold.mug)["base_variant_id"]


def test_an_archived_order_is_missing_from_the_list_and_shown_by_its_id(sold: Sold) -> None:
    order_id = sold.buy()
    sold.shop.archive(order_id)
    assert sold.listed() == []
    assert sold.order(order_id)["is_deleted"] is True
    sold.shop.archive(order_id, archived=False)
    assert sold.listed() == [order_id]


def test_an_order_that_there_is_not_answers_404_in_the_shape_of_v2(sold: Sold) -> None:
    answer = sold.api.get("/v2/orders/99")
    assert (answer.status_code, answer.json()[0]["status"]) == (404, 404)


def test_dates_are_whole_seconds_in_rfc_2822(sold: Sold) -> None:
    before = int(time.time())
    order = sold.order(sold.buy())
    assert order["date_created"].endswith(" +0000")
    assert before <= parsedate_to_datetime(order["date_created"]).timestamp() <= time.time()


def test_orders_are_found_by_when_they_were_modified(sold: Sold) -> None:
    old = sold.buy(seconds_ago=3600)
    new = sold.buy()
    since = datetime.fromtimestamp(int(time.time()) - 60, UTC)
    for text in (format_datetime(since), since.isoformat()):
        assert sold.listed(f"min_date_modified={quote(text)}") == [new]
        assert sold.listed(f"max_date_modified={quote(text)}") == [old]


def test_the_second_of_a_minimum_does_not_count_itself(sold: Sold) -> None:
    order_id = sold.buy(seconds_ago=100)
    modified = sold.order(order_id)["date_modified"]
    assert sold.listed(f"min_date_modified={quote(modified)}") == []


def test_a_bare_date_filters_nothing_and_another_text_is_refused(sold: Sold) -> None:
    order_id = sold.buy()
    assert sold.listed("min_date_modified=2199-01-01") == [order_id]
    assert sold.api.get("/v2/orders?min_date_modified=yesterday").status_code == 400


@pytest.mark.parametrize(
    "query", ["colour=red", "sort=colour", "sort=id:up", "min_id=x", "include=x"]
)
def test_what_is_not_documented_is_refused(sold: Sold, query: str) -> None:
    sold.buy()
    assert sold.api.get(f"/v2/orders?{query}").status_code in (400, 422)


def test_orders_are_found_by_status_channel_and_total(sold: Sold) -> None:
    paid, cheap = sold.buy(2), sold.buy(1)
    sold.shop.cancel(cheap)
    assert sold.listed("status_id=5") == [cheap]
    assert sold.listed("channel_id=1") == [paid, cheap]
    assert sold.listed("channel_id=2") == []
    assert sold.order(paid)["total_inc_tax"] == "27.0000"
    assert sold.listed("min_total=26.9") == [paid]


def test_orders_are_counted_by_status_without_archived_ones(sold: Sold) -> None:
    sold.shop.archive(sold.buy())
    sold.shop.fail_to_pay(sold.mugs(1))
    sold.buy()
    counted = sold.api.get("/v2/orders/count").json()
    assert counted["count"] == 2
    assert {one["id"]: one["count"] for one in counted["statuses"] if one["count"]} == {0: 1, 11: 1}


def test_there_are_fifteen_statuses(sold: Sold) -> None:
    assert [one["id"] for one in sold.api.get("/v2/order_statuses").json()] == list(range(15))


def test_an_order_in_another_currency_says_which(sold: Sold) -> None:
    order = sold.order(sold.buy(currency="EUR"))
    assert (order["currency_code"], order["store_default_currency_code"]) == ("EUR", "USD")


def test_every_order_carries_the_canary_of_its_shopper(sold: Sold) -> None:
    order_id = sold.buy()
    text = sold.api.get(
        f"/v2/orders/{order_id}?include=consignments.line_items&consignment_structure=object"
    ).text
    assert [canary for canary in CANARIES if canary not in text] == []
    assert text.count("Canaria") >= 3


def test_refunds_of_the_whole_store_are_listed_and_found(sold: Sold) -> None:
    first, second = sold.buy(3), sold.buy()
    (line,) = sold.lines(first)
    sold.shop.refund(first, {line["id"]: 2})
    sold.shop.refund(second, amount=1.5)
    answer = sold.api.get("/orders/payment_actions/refunds").json()
    assert [refund["order_id"] for refund in answer["data"]] == [first, second]
    (item,) = answer["data"][0]["items"]
    assert (item["item_type"], item["item_id"], item["quantity"]) == ("PRODUCT", line["id"], 2)
    (amount,) = answer["data"][1]["items"]
    assert (amount["item_type"], amount["requested_amount"]) == ("ORDER", 1.5)
    found = sold.api.get(f"/orders/payment_actions/refunds?order_id:in={second}").json()["data"]
    assert [refund["order_id"] for refund in found] == [second]
    after = datetime.fromtimestamp(time.time() + 60, UTC).isoformat(timespec="seconds")
    assert (
        sold.api.get(f"/orders/payment_actions/refunds?created:min={quote(after)}").json()["data"]
        == []
    )


def test_a_channel_shows_null_for_what_it_inherits(sold: Sold) -> None:
    assert (
        sold.api.get("/settings/inventory").json()["data"]["update_stock_behavior"]
        == "order_placed"
    )
    own = sold.api.get("/settings/inventory?channel_id=1").json()["data"]
    assert set(own.values()) == {None}
    sold.shop.settings(1, update_stock_behavior="order_completed_or_shipped")
    own = sold.api.get("/settings/inventory?channel_id=1").json()["data"]
    assert own["update_stock_behavior"] == "order_completed_or_shipped"
    assert own["edit_order_stock_adjustment"] is None
    assert sold.api.get("/settings/inventory?channel_id=9").status_code == 404


def test_orders_need_a_scope_of_their_own(sold: Sold) -> None:
    config = StoreConfig()
    assert "store_v2_orders_read_only" in config.scopes
    sold.shop.set_hazard("scope-missing", scope="store_v2_orders_read_only")
    assert sold.api.get("/v2/orders").status_code == 403
    assert sold.api.get("/orders/payment_actions/refunds").status_code == 403
    assert sold.api.get("/v2/store").status_code == 200
