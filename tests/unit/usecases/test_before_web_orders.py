"""Before web orders are switched on, BigCommerce is asked for its time, its settings and what is open."""

from dataclasses import replace
from typing import override

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.web_orders import FakeWebOrders
from tests.unit.domain.web_orders.orders import an_order
from tillbridge.domain.errors import NeedsAttention, StoreDown
from tillbridge.domain.ids import WebOrderId
from tillbridge.ports.web_orders import InventorySettings, OrdersPage
from tillbridge.usecases.before_web_orders import MOST_PAGES, OLDER_MS, look_before

CLOCK = FakeClock()
NOW = CLOCK.now_ms()
THEIRS = NOW - 7_000


def nothing_kept() -> int:
    return 0


def a_store_with(*numbers: int, a_page: int = 250) -> FakeWebOrders:
    orders = FakeWebOrders(a_page)
    orders.now_ms = THEIRS
    for number in numbers:
        order = an_order(placed_ms=THEIRS - 60_000, modified_ms=THEIRS - 60_000)
        orders.orders[WebOrderId(number)] = replace(order, id=WebOrderId(number))
    return orders


def test_orders_count_from_bigcommerces_own_time_on() -> None:
    assert look_before(a_store_with(), 1, nothing_kept, CLOCK).now_ms == THEIRS


def test_where_it_says_no_time_ours_stands_for_it() -> None:
    orders = a_store_with()
    orders.now_ms = None
    assert look_before(orders, 1, nothing_kept, CLOCK).now_ms == NOW


def test_the_orders_that_were_open_before_are_named() -> None:
    words = look_before(a_store_with(7, 8, 9), 1, nothing_kept, CLOCK).words
    assert "orders take 7-9" in words[-1]


def test_an_order_that_comes_meanwhile_counts_and_is_not_called_older() -> None:
    orders = a_store_with()
    fresh = an_order(placed_ms=THEIRS, modified_ms=THEIRS)
    orders.orders[fresh.id] = fresh
    assert "older" not in " ".join(look_before(orders, 1, nothing_kept, CLOCK).words)


def test_orders_are_looked_at_for_30_days_and_some_pages() -> None:
    orders = a_store_with(*range(1, 30), a_page=2)
    old = replace(orders.orders[WebOrderId(1)], modified_ms=NOW - OLDER_MS)
    orders.orders[WebOrderId(1)] = old
    words = look_before(orders, 1, nothing_kept, CLOCK).words[-1]
    assert f"At least {2 * MOST_PAGES} older orders" in words
    assert "take 2-17`" in words
    assert orders.record.calls["GET /v2/orders"] == MOST_PAGES


def test_what_a_channel_does_not_say_the_store_does() -> None:
    orders = a_store_with()
    orders.settings[None] = InventorySettings(at_placing=True, on_edit=True, on_refund=False)
    orders.settings[5] = InventorySettings(at_placing=False, on_edit=None, on_refund=None)
    at_shipping, moves = look_before(orders, 5, nothing_kept, CLOCK).words
    assert "until they ship" in at_shipping
    assert moves.startswith("Edits of orders")
    assert "that is best" in look_before(orders, 1, nothing_kept, CLOCK).words[0]


class Closed(FakeWebOrders):
    """Its API account lacks a scope."""

    @override
    def inventory_settings(self, channel: int | None = None) -> InventorySettings:
        raise NeedsAttention("scope_missing", "A scope is missing.")


def test_settings_that_cannot_be_read_are_said_and_hinder_nothing() -> None:
    orders = Closed()
    orders.now_ms = THEIRS
    found = look_before(orders, 1, nothing_kept, CLOCK)
    assert found.now_ms == THEIRS
    assert "A scope is missing." in found.words[0]


class Away(FakeWebOrders):
    """BigCommerce does not answer."""

    @override
    def changed(self, since_ms: int, start: WebOrderId) -> OrdersPage:
        raise StoreDown("away")


def test_orders_that_cannot_be_read_are_no_beginning() -> None:
    with pytest.raises(StoreDown):
        look_before(Away(), 1, nothing_kept, CLOCK)


def test_a_safety_stock_of_bigcommerces_own_is_said() -> None:
    assert look_before(a_store_with(), 1, lambda: 1, CLOCK).words[-1].startswith("1 item has")
    assert look_before(a_store_with(), 1, lambda: 7, CLOCK).words[-1].startswith("7 items have")


def test_where_it_cannot_be_read_it_is_said_and_hinders_nothing() -> None:
    def closed() -> int:
        raise NeedsAttention("scope_missing", "A scope is missing.")

    found = look_before(a_store_with(7), 1, closed, CLOCK)
    assert found.now_ms == THEIRS
    assert "A scope is missing." in found.words[1]
    assert "orders take 7" in found.words[2]
