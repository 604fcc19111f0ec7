"""Which rows a webhook that is heard marks, and what it asks for."""

import random
from typing import Any

import pytest

from tests.builders import STORE
from tests.unit.usecases.hook_door.conftest import Door, said
from tillbridge.domain.connection import Settings, StoreState
from tillbridge.domain.lanes import Lane
from tillbridge.domain.waiting import LATE_MS
from tillbridge.usecases.take_hook import Outcome


@pytest.mark.parametrize("body", [b"{this is not JSON", b"", b"[]", b"null", b"\xff\xfe", b'"x"'])
def test_what_bigcommerce_sends_and_nobody_can_read_stands_for_some_order(
    door: Door, body: bytes
) -> None:
    assert door.take(door.call(body)) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "all")}


@pytest.mark.parametrize("number", [None, "abc", -1, 0, True, 1.5, [], {}, 10**30, "9" * 5_000])
def test_an_order_without_a_number_is_some_order(door: Door, number: Any) -> None:
    assert door.take(door.call(said(number=number))) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "all")}


def test_a_number_may_be_a_text(door: Door) -> None:
    door.take(door.call(said(number="250")))
    assert door.rows == {(Lane.WEB, "250")}


@pytest.mark.parametrize(
    "scope", ["store/cart/created", "", None, 7, "store/order/transaction/created"]
)
def test_an_unknown_scope_is_counted_and_marks_nothing(door: Door, scope: Any) -> None:
    assert door.take(door.call(said() | {"scope": scope})) is Outcome.UNKNOWN
    assert (door.pending.rows, door.signals.signalled) == ([], [])


@pytest.mark.parametrize("what", ["created", "updated", "archived", "refund/created"])
def test_an_order_marks_its_row_and_nothing_else(door: Door, what: str) -> None:
    assert door.take(door.call(said(f"store/order/{what}"))) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "250")}
    assert door.signals.signalled == [STORE]


@pytest.mark.parametrize("kind", ["product", "sku"])
def test_stock_that_an_order_moved_marks_that_some_order_changed(door: Door, kind: str) -> None:
    door.take(door.call(said(f"store/{kind}/inventory/order/updated", 77)))
    assert door.rows == {(Lane.WEB, "all")}
    assert door.signals.signalled == [STORE]


def test_a_store_that_reads_no_orders_is_told_of_none() -> None:
    door = Door(settings=Settings())
    for scope in ("store/order/created", "store/sku/inventory/order/updated"):
        assert door.take(door.call(said(scope))) is Outcome.UNNEEDED
    assert (door.pending.rows, door.signals.signalled) == ([], [])


def test_a_product_that_was_deleted_is_looked_at_at_once(door: Door) -> None:
    door.take(door.call(said("store/product/deleted", 77)))
    assert door.rows == {(Lane.LOOK, "77")}
    assert door.row().version <= door.clock.now_ms() - LATE_MS
    assert (door.signals.signalled, door.signals.wakes) == ([STORE], [])


@pytest.mark.parametrize("scope", ["store/product/updated", "store/sku/updated"])
def test_what_our_own_pushes_fire_is_not_listened_to(door: Door, scope: str) -> None:
    assert door.take(door.call(said(scope, 77, sku={"product_id": 77}))) is Outcome.UNKNOWN
    assert (door.pending.rows, door.signals.signalled) == ([], [])


def test_a_deleted_product_without_a_number_marks_nothing(door: Door) -> None:
    assert door.take(door.call(said("store/product/deleted", None))) is Outcome.UNNEEDED
    assert door.pending.rows == []


def test_a_paused_store_is_marked_and_not_signalled() -> None:
    door = Door(state=StoreState.PAUSED)
    assert door.take(door.call()) is Outcome.TAKEN
    assert door.rows == {(Lane.WEB, "250")}
    assert door.signals.signalled == []


def test_ten_hooks_of_one_order_are_one_row(door: Door) -> None:
    for _ in range(10):
        door.take(door.call())
    assert len(door.pending.rows) == 1


def test_a_thousand_hooks_doubled_and_shuffled_leave_the_same_rows() -> None:
    scopes = ["store/order/created", "store/order/updated", "store/product/inventory/order/updated"]
    calls = [said(scopes[n % 3], 1 + n % 400) for n in range(1_000)]
    once, shuffled = Door(), Door()
    for each in calls:
        once.take(once.call(each))
    again = [*calls, *calls]
    random.Random(7).shuffle(again)
    for each in again:
        shuffled.take(shuffled.call(each))
    assert shuffled.rows == once.rows
    assert len(once.rows) == 401 - sum(1 for n in range(400) if not _named(n))


def _named(number: int) -> bool:
    return any(n % 400 == number and n % 3 != 2 for n in range(1_000))
