"""One look at all lanes, and what ends a drain without a last one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import override

import pytest

from tests.builders import JUMPER, LANTERN, STORE, a_change, a_product
from tests.fakes.clock import FakeClock
from tests.fakes.pending import FakePending
from tests.unit.usecases.meanwhile import BusyStore
from tests.world import World
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import DRAINED, Lane
from tillbridge.domain.pending import Look, PendingRow
from tillbridge.usecases.push.slice.store_rows import HEADS_MS, StoreRows


class Looked(FakePending):
    """Counts the looks at all lanes."""

    looks, readings = 0, 0

    @override
    def look(self, store: StoreId, now_ms: int, *, with_rows: bool = True) -> Look:
        self.looks += 1
        self.readings -= len(DRAINED)  # the fake looks by reading
        return super().look(store, now_ms, with_rows=with_rows)

    @override
    def due(self, store: StoreId, lane: Lane, now_ms: int, limit: int) -> Sequence[PendingRow]:
        self.readings += 1
        return super().due(store, lane, now_ms, limit)


def a_slice(wave: int = 3) -> tuple[StoreRows, Looked, FakeClock]:
    pending, clock = Looked(), FakeClock()
    return StoreRows(STORE, pending, clock, wave), pending, clock


def test_one_look_tells_of_every_lane() -> None:
    rows, pending, _ = a_slice()
    pending.mark([a_change(lane=Lane.STOCK, order=7)])
    assert [rows.oldest(lane) for lane in Lane if rows.wait(lane)] == [7]
    assert pending.looks == 1


def test_a_look_is_good_for_a_moment_and_for_one_wave_of_calls() -> None:
    rows, pending, clock = a_slice(wave=2)
    assert not rows.wait(Lane.STOCK)
    pending.mark([a_change(lane=Lane.STOCK)])
    clock.advance((HEADS_MS - 1) / 1_000)
    rows.call_begins()
    assert not rows.wait(Lane.STOCK)
    rows.call_begins()
    assert rows.wait(Lane.STOCK)
    assert pending.looks == 2
    clock.advance(HEADS_MS / 1_000)
    assert rows.wait(Lane.STOCK)
    assert pending.looks == 3


def test_what_the_slice_marks_itself_needs_no_look_and_does_not_end_the_drain() -> None:
    rows, pending, _ = a_slice()
    assert not rows.wait(Lane.AFTER)
    assert not rows.next_turn()
    rows.mark([a_change(lane=Lane.AFTER, order=9)])
    assert rows.oldest(Lane.AFTER) == 9
    assert rows.next_turn()
    rows.clear(rows.due(Lane.AFTER, 10))
    assert not rows.next_turn()
    assert pending.looks == 1


def test_a_mark_of_the_slices_own_is_not_forgotten_when_its_lane_is_in_hand() -> None:
    rows, pending, clock = a_slice()
    pending.mark([a_change(LANTERN)])
    assert rows.wait(Lane.CONTENT)
    in_hand = rows.due(Lane.CONTENT, 10)
    rows.mark([a_change(JUMPER)])
    clock.advance(1)
    assert not rows.wait(Lane.STOCK)
    rows.clear(in_hand)
    assert rows.next_turn()
    assert [row.product for row in rows.due(Lane.CONTENT, 10)] == [JUMPER]


def test_what_is_left_in_hand_or_was_read_full_needs_another_look() -> None:
    rows, pending, _ = a_slice()
    pending.mark([a_change(LANTERN, order=1), a_change(JUMPER, order=2)])
    assert rows.wait(Lane.CONTENT)
    rows.clear(rows.due(Lane.CONTENT, 1))
    assert rows.next_turn()
    assert rows.oldest(Lane.CONTENT) == 2
    rows.due(Lane.CONTENT, 10)
    assert rows.next_turn()
    assert rows.oldest(Lane.CONTENT) == 2
    rows.postpone(replace(row, not_before_ms=2**52) for row in rows.due(Lane.CONTENT, 10))
    assert not rows.next_turn()


def test_a_slice_has_settled_as_of_the_look_that_it_worked_by() -> None:
    rows, pending, clock = a_slice()
    assert rows.settled_ms == 0
    began = clock.now_ms()
    pending.mark([a_change(LANTERN)])
    assert rows.wait(Lane.CONTENT)
    clock.advance(1)
    (row,) = rows.due(Lane.CONTENT, 10)
    assert not rows.wait(Lane.STOCK)
    assert rows.settled_ms == 0
    rows.clear([row])
    assert rows.settled_ms == began


def test_the_rows_of_a_short_lane_come_with_the_look_once() -> None:
    rows, pending, _ = a_slice()
    pending.mark([a_change(LANTERN, order=2), a_change(JUMPER, order=1)])
    assert rows.wait(Lane.CONTENT)
    assert [row.product for row in rows.due(Lane.CONTENT, 10)] == [JUMPER, LANTERN]
    assert pending.readings == 0
    assert len(rows.due(Lane.CONTENT, 10)) == 2
    assert pending.readings == 1


CHANGES: dict[str, Callable[[StoreRows, PendingRow], None]] = {
    "cleared": lambda rows, row: rows.clear([row]),
    "doubted": lambda rows, row: rows.doubt([row]),
    "postponed": lambda rows, row: rows.postpone([replace(row, attempts=3)]),
    "marked beside": lambda rows, _: rows.mark([a_change(JUMPER)]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_rows_that_came_with_a_look_are_not_taken_when_they_may_be_others_now(
    change: Callable[[StoreRows, PendingRow], None],
) -> None:
    rows, pending, _ = a_slice()
    pending.mark([a_change(LANTERN)])
    assert rows.wait(Lane.CONTENT)
    change(rows, pending.rows[0])
    assert rows.due(Lane.CONTENT, 10) == pending.due(STORE, Lane.CONTENT, 2**52, 10)


def test_rows_that_came_with_an_old_look_are_read_again() -> None:
    rows, pending, clock = a_slice()
    pending.mark([a_change(LANTERN)])
    assert rows.wait(Lane.CONTENT)
    clock.advance(HEADS_MS / 1_000)
    rows.due(Lane.CONTENT, 10)
    assert pending.readings == 1


def test_while_rows_are_in_hand_a_look_brings_none() -> None:
    rows, pending, clock = a_slice()
    pending.mark([a_change(LANTERN), a_change(lane=Lane.STOCK)])
    rows.due(Lane.CONTENT, 10)
    clock.advance(HEADS_MS / 1_000)
    assert rows.wait(Lane.STOCK)
    before = pending.readings
    assert len(rows.due(Lane.STOCK, 10)) == 1
    assert pending.readings == before + 1


def test_more_rows_than_are_asked_for_are_read() -> None:
    rows, pending, _ = a_slice()
    pending.mark([a_change(LANTERN, order=1), a_change(JUMPER, order=2)])
    assert rows.wait(Lane.CONTENT)
    assert [row.product for row in rows.due(Lane.CONTENT, 2)] == [LANTERN, JUMPER]
    assert pending.readings == 1
    assert rows.next_turn()


def a_world() -> tuple[World, BusyStore]:
    web = BusyStore()
    world = World(web=web)
    world.linked(a_product(), a_product("p-2", name="Chair", sku="C"))
    return world, web


def test_a_mark_between_the_look_and_the_drains_end_is_served_by_its_own_signal() -> None:
    world, web = a_world()
    other = a_product("p-2", name="Chair", sku="C", version=2, price=Decimal(3))
    world.happens("product.saved", a_product(version=2, price=Decimal(2)))
    web.during("update_products", lambda: world.happens("product.saved", other))
    world.push()
    assert [row.product for row in world.pending.rows] == ["p-2"]
    world.push()  # what that mark's signal starts
    assert world.pending.rows == []
    assert world.writes() == ["update_products"] * 2


def test_a_mark_of_the_drains_own_is_served_by_this_drain() -> None:
    world, _ = a_world()
    world.ask(a_product("p-3", name="Lamp", sku="L"))
    world.push()
    assert world.pending.rows == []
    assert world.writes() == ["create", "assign_channel", "set_stock"]
