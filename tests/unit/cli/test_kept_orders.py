"""Verify gets the book of web orders as plain values."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from cli.deployment.target import Target
from cli.sides import kept_orders
from cli.sides.kept_orders import judged_by, kept_order, orders_side
from cli.verify.order_model import PATIENCE_MS
from tests.builders import JUMPER, STORE, a_connection, a_pos_account
from tests.unit.domain.web_orders.orders import NOW_MS, SMALL, an_entry
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.versions import version_of
from tillbridge.domain.web_orders.accounts import Booking
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.ports.order_list import ListedOrder, OrderList, UnreadableOrder


class Listed(OrderList):
    """A book of so many orders, of which one cannot be read. `asked`: how it was asked."""

    def __init__(self, orders: int, unreadable: int = 0) -> None:
        self.asked: list[object] = []
        self.orders: dict[int, ListedOrder] = {
            number: numbered(number) for number in range(1, orders + 1)
        }
        if unreadable:
            self.orders[unreadable] = UnreadableOrder(WebOrderId(unreadable))

    def latest(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        assert store == STORE
        self.asked.append(below)
        known = sorted((n for n in self.orders if below is None or n < below), reverse=True)
        return [self.orders[number] for number in known[:limit]]

    def find(self, store: StoreId, orders: Collection[WebOrderId]) -> Sequence[ListedOrder]:
        assert store == STORE
        self.asked.append(sorted(orders))
        return [self.orders[each] for each in orders if each in self.orders]

    def open(self, store: StoreId) -> Sequence[ListedOrder]:
        raise AssertionError("the open ones are among all")

    def open_page(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        raise AssertionError("the open ones are among all")


def numbered(number: int) -> OrderEntry:
    entry = an_entry()
    return replace(entry, order=replace(entry.order, id=WebOrderId(number)))


def connected(mode: WebOrderMode = WebOrderMode.POS, **more: Any) -> Connection:
    return a_connection(settings=Settings(web_orders=mode), **more)


def test_the_whole_book_is_read_page_by_page_also_over_an_order_that_cannot_be_read() -> None:
    listed = Listed(1_001, unreadable=502)
    side = judged_by(listed, connected(), lambda: NOW_MS, 0)
    kept = list(side.kept(None))
    assert len({each.order for each in kept}) == 1_001
    assert [each.order for each in kept if not each.readable] == [502]
    assert listed.asked == [None, 502, 2, 1]


def test_some_orders_are_asked_for_by_number() -> None:
    listed = Listed(3)
    side = judged_by(listed, connected(), lambda: NOW_MS, 0)
    assert [each.order for each in side.kept({2, 9})] == [2]
    assert listed.asked == [[2, 9]]


def test_an_order_carries_what_people_are_told_of_it() -> None:
    kept = kept_order(an_entry(), connected(), NOW_MS)
    assert (kept.order, kept.state, kept.says, kept.late) == (1041, "seen", "not booked", False)
    assert kept.remedy == "Nothing: the POS is told of it by itself."
    (line,) = kept.lines
    assert (line.holder, line.owed, line.sku) == ((JUMPER, SMALL), 2, "J")
    late = kept_order(an_entry(), connected(), NOW_MS + 16 * 60_000)
    assert late.late


def test_what_was_booked_before_the_pos_was_restored_is_booked_no_more() -> None:
    entry = an_entry()
    bookings = (Booking(version_of(0, 90), 2), Booking(version_of(1, 7), 1))
    (line,) = entry.lines
    booked = replace(line, account=replace(line.account, bookings=bookings))
    account = a_pos_account(epoch=1)
    kept = kept_order(replace(entry, lines=(booked,)), connected(pos_account=account), NOW_MS)
    assert kept.lines[0].bookings == ((7, 1),)


def test_where_web_orders_are_off_the_book_is_not_touched() -> None:
    nothing = cast("Target", object())
    assert orders_side(nothing, connected(WebOrderMode.OFF)) is None


@pytest.mark.parametrize(("at_rest", "patience_ms"), [(False, PATIENCE_MS), (True, 0)])
def test_only_what_is_at_rest_has_no_time_left(
    *, at_rest: bool, patience_ms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deployment:
        order_list = Listed(0)

    monkeypatch.setattr(kept_orders, "SystemClock", type("C", (), {"now_ms": int}))
    side = orders_side(
        cast("Target", Deployment()), connected(WebOrderMode.LEDGER), at_rest=at_rest
    )
    assert side is not None
    assert (side.mode, side.patience_ms) == ("ledger", patience_ms)
