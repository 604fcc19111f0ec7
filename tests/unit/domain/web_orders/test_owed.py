"""How many units a line of a web order keeps from being sold."""

from dataclasses import replace

import pytest

from tests.unit.domain.web_orders.orders import NOW_MS, a_line, an_order
from tillbridge.domain.web_orders.owed import PENDING_MS, Counts, Owed, owed


def _owed(status: int, now_ms: int = NOW_MS, **line: int) -> Owed:
    order = an_order(a_line(quantity=3, **line), status=status)
    return owed(order, order.lines[0], now_ms)


@pytest.mark.parametrize("status", [2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 99])
def test_a_paid_order_owes_what_was_ordered_whatever_its_stage(status: int) -> None:
    assert _owed(status) == Owed(3, Counts.COUNTED)


def test_a_refund_frees_what_was_not_shipped_and_nothing_else() -> None:
    assert _owed(14, refunded=1).units == 2
    assert _owed(2, refunded=1, shipped=3).units == 3
    assert _owed(14, refunded=3, shipped=2).units == 2
    assert _owed(14, refunded=99).units == 0


@pytest.mark.parametrize("status", [4, 5, 6])
def test_an_undone_order_owes_what_has_left_the_house(status: int) -> None:
    assert _owed(status) == Owed(0, Counts.COUNTED)
    assert _owed(status, shipped=2).units == 2


def test_an_order_that_may_never_be_paid_is_held_for_a_day() -> None:
    assert _owed(1) == Owed(3, Counts.HELD)
    assert _owed(1, NOW_MS + PENDING_MS - 1) == Owed(3, Counts.HELD)
    assert _owed(1, refunded=1) == Owed(2, Counts.HELD)
    assert _owed(1, refunded=3, shipped=1) == Owed(1, Counts.HELD)
    assert _owed(1, refunded=-2) == Owed(3, Counts.HELD)
    assert _owed(1, NOW_MS + PENDING_MS) == Owed(0, Counts.GIVEN_UP)
    assert _owed(1, NOW_MS + PENDING_MS, shipped=1).units == 1
    assert _owed(0) == Owed(0, Counts.INCOMPLETE)


def test_what_no_shelf_has_and_what_a_till_made_owes_nothing() -> None:
    order = an_order()
    line = order.lines[0]
    assert owed(order, replace(line, physical=False), NOW_MS).counts is Counts.NOT_STOCK
    assert owed(order, replace(line, product=None), NOW_MS).counts is Counts.NOT_STOCK
    from_a_till = replace(order, external_source="POS_AMBER")
    assert owed(from_a_till, line, NOW_MS) == Owed(0, Counts.FROM_A_TILL)


@pytest.mark.parametrize("source", ["", "Poshmark", "POSTERS", "postal app", "Web POS", "M-MIG"])
def test_an_order_of_another_app_is_no_tills(source: str) -> None:
    order = replace(an_order(a_line(quantity=3)), external_source=source)
    assert owed(order, order.lines[0], NOW_MS).units == 3


@pytest.mark.parametrize("source", ["POS", " POS Till 1", "POS_AMBER", "POS-2", "POS:x"])
def test_an_order_of_a_till_owes_nothing(source: str) -> None:
    order = replace(an_order(a_line(quantity=3)), external_source=source)
    assert owed(order, order.lines[0], NOW_MS) == Owed(0, Counts.FROM_A_TILL)


def test_numbers_that_cannot_be_are_kept_within_the_line() -> None:
    assert _owed(5, shipped=9).units == 3
    assert _owed(11, refunded=-4).units == 3
    odd = an_order(a_line(quantity=-2))
    assert owed(odd, odd.lines[0], NOW_MS).units == 0
