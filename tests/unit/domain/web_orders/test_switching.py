"""Settings of web orders that could not work are refused with the remedy, and what they mean is said."""

from dataclasses import replace

import pytest

from tests.unit.domain.web_orders.orders import NOW_MS, a_line, an_order
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.web_orders import switching
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.domain.web_orders.switching import Outlet, only_outlet, still_open, wrong_outlet

OUTLETS = [Outlet("o-main", "Main street"), Outlet("o-back"), Outlet("o-old", active=False)]


def settings(mode: str = "pos", outlet: str = "", *outlets: str) -> Settings:
    return Settings(web_orders=WebOrderMode(mode), web_outlet=outlet, outlets=frozenset(outlets))


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (settings("pos", "o-main"), ""),
        (settings("pos", "o-main", "o-main", "o-back"), ""),
        (settings("ledger", "o-gone"), "no outlet 'o-gone'"),
        (settings("ledger", "o-gone"), "o-main (Main street), o-back."),
        (settings("off", "o-gone"), "no outlet 'o-gone'"),
        (settings("pos", "o-old"), "is closed"),
        (
            settings("pos", "o-main", "o-back"),
            "not one of those whose stock is sold online (o-back)",
        ),
        (settings("pos"), "Say where the POS books web orders: web_outlet=ID"),
        (settings("pos", "", "o-back", "o-old"), ""),
        (settings("pos", "", "o-old"), "Say where"),
        (settings("ledger"), ""),
        (settings("off"), ""),
    ],
)
def test_orders_are_booked_at_an_open_outlet_whose_stock_is_sold(
    chosen: Settings, told: str
) -> None:
    why = wrong_outlet(chosen, OUTLETS)
    assert told in why
    assert bool(told) == bool(why)


def test_the_only_open_outlet_is_taken_and_no_choice_is_made_for_anybody() -> None:
    one = [Outlet("o-main"), Outlet("o-old", active=False)]
    assert only_outlet(settings("pos"), one) == "o-main"
    assert only_outlet(settings("pos"), OUTLETS) == ""
    assert only_outlet(settings("pos", "o-back"), one) == ""
    assert only_outlet(settings("pos", "", "o-back"), one) == ""
    assert only_outlet(settings("pos"), []) == ""


def test_what_bigcommerce_does_with_stock_is_said() -> None:
    assert "that is best" in switching.when_stock_goes(at_placing=True)
    assert "when an order is placed" in switching.when_stock_goes(at_placing=False)
    assert "does not say" in switching.when_stock_goes(None)
    assert switching.on_edits_and_refunds(None, None) == ""
    for on_edit, on_refund, told in (
        (True, True, "Edits and refunds of orders move"),
        (True, None, "Edits of orders move"),
        (False, True, "Refunds of orders move"),
        (False, False, "Neither edits nor refunds move"),
    ):
        assert switching.on_edits_and_refunds(on_edit, on_refund).startswith(told)


def numbered(number: int, order: WebOrder) -> WebOrder:
    return replace(order, id=WebOrderId(number))


def test_an_order_is_still_open_while_something_of_it_is_to_be_shipped() -> None:
    orders = [
        numbered(3, an_order(a_line(shipped=1), status=3)),
        numbered(1, an_order(status=11)),
        numbered(2, an_order(status=1)),
        *(numbered(9, an_order(status=status)) for status in (0, 2, 4, 5, 6, 10)),
        numbered(9, an_order(a_line(shipped=2))),
        numbered(9, an_order(a_line(refunded=2))),
        numbered(9, an_order(a_line(physical=False))),
        numbered(9, an_order(external_source="POS")),
        numbered(9, an_order(status=1, placed_ms=NOW_MS - 2 * 86_400_000)),
    ]
    assert still_open(orders, NOW_MS) == [1, 2, 3]


def test_older_orders_are_named_so_that_they_can_be_taken() -> None:
    some = [WebOrderId(number) for number in (231, *range(240, 252), 260, 261)]
    told = switching.older_orders(some, more=False)
    assert told.startswith("15 older orders are still open")
    assert "`tillbridge orders take 231 240-251 260-261`" in told
    assert switching.older_orders([], more=True) == ""
    one = switching.older_orders(some[:1], more=True)
    assert one.startswith("At least 1 older order is still open")
    many = [WebOrderId(2 * number) for number in range(1, 30)]
    assert " 40 …`" in switching.older_orders(many, more=False)


@pytest.mark.parametrize("count", [0, 1, 1_200])
def test_what_is_promised_is_counted_before_it_is_let_go(count: int) -> None:
    for words in (switching.switched_off(count), switching.told_from_now_on(count)):
        assert words.startswith(f"{count:,} web order")
