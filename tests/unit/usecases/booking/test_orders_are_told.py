"""The POS is told each order once per revision, and the levels follow what it books."""

from dataclasses import replace

import pytest

from tests.booking_world import FIRST, MUG, PEN, BookingWorld
from tests.builders import STORE
from tillbridge.domain.connection import Pause, StoreState, WebOrderMode
from tillbridge.domain.ids import PosProductId, WebOrderId
from tillbridge.domain.web_orders.book_rows import OPEN, SINCE
from tillbridge.domain.web_orders.entry import LaneState
from tillbridge.domain.web_orders.refusal_words import RefusalCode

SECOND, THIRD = WebOrderId(1042), WebOrderId(1043)


@pytest.fixture
def world() -> BookingWorld:
    return BookingWorld()


def test_an_order_is_booked_with_one_call(world: BookingWorld) -> None:
    world.order(2)
    record = world.run()
    assert (world.state(), world.off(), world.rows) == (LaneState.BOOKED, 2, {})
    assert (record.told, record.booked) == (1, 1)
    assert [revision for _, revision in world.pos.calls] == [1]


def test_the_drain_looks_at_the_record_that_has_the_booking(world: BookingWorld) -> None:
    world.order(2)
    world.run()
    (booking,) = world.entry().accounts[0].bookings
    assert world.moved == {MUG: booking.version}
    assert world.store_signals.signalled == [STORE]


def test_a_change_is_the_same_call_with_the_next_revision(world: BookingWorld) -> None:
    world.order(3)
    world.run()
    world.order(1)
    world.run()
    world.order(1, status=5)
    world.run()
    assert [revision for _, revision in world.pos.calls] == [1, 2, 3]
    assert (world.off(), world.pos.units[MUG]) == (0, 1_000)
    assert [units for _, units in world.pos.bookings] == [3, -2, -1]


def test_an_order_that_is_marked_twice_is_told_once(world: BookingWorld) -> None:
    world.order(2)
    world.run()
    world.mark(PosProductId(str(FIRST)))
    world.run()
    assert (len(world.pos.calls), world.rows) == (1, {})


def test_others_are_told_that_it_is_booked(world: BookingWorld) -> None:
    world.order(2)
    world.run()
    (event,) = world.events.told
    assert (event.type, event.about) == ("web_order.booked", {"order_id": FIRST})


def test_a_bus_that_takes_nothing_holds_up_nothing_and_is_counted(
    world: BookingWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world.events.takes = lambda _: False
    world.order(2)
    record = world.run()
    assert (world.state(), world.rows) == (LaneState.BOOKED, {})
    assert (world.events.told, record.untold) == ([], 1)
    (line,) = [each for each in caplog.records if each.message == "others were not told"]
    assert (vars(line)["store_id"], vars(line)["order_id"]) == (world.store, FIRST)


def test_an_order_that_is_held_is_not_told(world: BookingWorld) -> None:
    world.order(2, status=1)
    world.mark(PosProductId(str(FIRST)))
    world.run()
    assert (world.pos.calls, world.rows, world.state()) == ([], {}, LaneState.HELD)


def test_a_row_of_an_order_that_nobody_knows_goes(world: BookingWorld) -> None:
    world.mark(PosProductId("4711"), PosProductId("#nonsense"))
    world.run()
    assert (world.pos.calls, world.rows) == ([], {})


def test_a_thousand_orders_are_told_in_their_order(world: BookingWorld) -> None:
    numbers = [WebOrderId(2_000 + place) for place in range(1_000)]
    for number in numbers:
        world.order(1, number)
        world.clock.advance(0.001)
    world.run()
    assert {world.state(number) for number in numbers} == {LaneState.BOOKED}
    assert [name.rpartition(":")[2] for name, _ in world.pos.calls] == [str(n) for n in numbers]
    assert world.pos.units[MUG] == 0


def test_a_slice_ends_in_its_time_and_the_next_goes_on(world: BookingWorld) -> None:
    for place in range(5):
        world.order(1, WebOrderId(2_000 + place))
    world.pos.when_told = lambda _: world.clock.advance(20)
    world.run()
    assert len(world.pos.calls) == 3
    assert world.signals.signalled == [STORE]
    world.run()
    assert (len(world.pos.calls), world.rows) == (5, {})


# --- who is not told -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [WebOrderMode.LEDGER, WebOrderMode.OFF])
def test_nothing_is_told_unless_the_store_says_so(mode: WebOrderMode) -> None:
    world = BookingWorld()
    world.order(2)
    world.set(web_orders=mode)
    world.run()
    assert (world.pos.calls, world.rows) == ([], {})


def test_what_changed_meanwhile_is_told_when_orders_go_to_the_pos_again(
    world: BookingWorld,
) -> None:
    world.order(2)
    world.run()
    world.set(web_orders=WebOrderMode.LEDGER)
    world.order(5, mark=False)
    world.order(1, SECOND, mark=False)
    world.run()
    world.set(web_orders=WebOrderMode.POS)
    world.mark(OPEN)
    world.run()
    assert (world.off(), world.off(SECOND)) == (5, 1)
    assert [revision for _, revision in world.pos.calls] == [1, 2, 1]
    world.until_quiet()


def test_a_paused_store_keeps_its_rows(world: BookingWorld) -> None:
    world.order(2)
    world.stores.pause(STORE, Pause("Mia"))
    world.run()
    assert (world.pos.calls, list(world.rows)) == ([], [str(FIRST)])
    world.stores.resume(STORE)
    world.run()
    assert (world.off(), world.rows) == (2, {})


def test_a_store_that_bigcommerce_refuses_still_tells_its_pos(world: BookingWorld) -> None:
    world.order(2)
    refused = replace(world.connection, state=StoreState.NEEDS_ATTENTION, not_before_ms=2**60)
    world.stores.set_state(refused)
    world.run()
    assert world.off() == 2


def test_a_store_that_is_disconnected_tells_nobody_and_goes_on_when_it_is_back(
    world: BookingWorld,
) -> None:
    world.order(2)
    there = world.connection
    world.stores.remove(STORE)
    world.run()
    assert (world.pos.calls, list(world.rows)) == ([], [str(FIRST)])
    world.stores.save_connection(there)
    world.run()
    assert world.off() == 2


# --- what the POS refuses --------------------------------------------------------------------------------


def test_a_refusal_is_seen_and_holds_up_no_other_order(world: BookingWorld) -> None:
    world.pos.refuses = [RefusalCode.PERIOD_CLOSED]
    for number in (FIRST, SECOND, THIRD):
        world.order(1, number)
        world.clock.advance(0.001)
    record = world.run()
    assert [world.state(n) for n in (FIRST, SECOND, THIRD)] == ["failed", "booked", "booked"]
    assert "its accounts of that day are closed" in world.entry().refusal
    assert (record.refused, record.booked) == (1, 2)
    assert len(world.pos.calls) == 3  # not again at once


def test_a_refused_order_is_tried_again_after_a_quarter_of_an_hour(world: BookingWorld) -> None:
    world.pos.refuses = [RefusalCode.REFUSED]
    world.order(2)
    world.run()
    assert list(world.rows) == [OPEN]
    world.later(14 * 60)
    assert len(world.pos.calls) == 1
    world.later(2 * 60)
    assert (world.state(), world.off(), len(world.pos.calls)) == (LaneState.BOOKED, 2, 2)
    world.until_quiet()


def test_a_product_that_is_not_linked_is_named_and_told_once_it_is(world: BookingWorld) -> None:
    world.holders.clear()
    world.order(2)
    world.run()
    assert world.state() is LaneState.FAILED
    assert "no product of the POS is linked to 'Mug, blue'" in world.entry().refusal
    world.holders = dict(BookingWorld().holders)
    world.order(2)  # as the drain judges it again
    world.run()
    assert (world.state(), world.off()) == (LaneState.BOOKED, 2)


def test_an_order_goes_on_being_told_when_its_product_is_unlinked(world: BookingWorld) -> None:
    world.order(3)
    world.run()
    world.holders.clear()
    world.order(1)
    world.run()
    assert (world.state(), world.off()) == (LaneState.BOOKED, 1)


def test_an_outlet_that_closed_is_said_and_another_takes_its_orders(world: BookingWorld) -> None:
    world.pos.outlets = {"o-other"}
    world.order(2)
    world.run()
    assert "outlet 'o-main' is closed or missing" in world.entry().refusal
    assert "web_outlet=OUTLET" in world.entry().refusal
    world.set(web_outlet="o-other")
    world.later(16 * 60)
    assert (world.state(), world.off()) == (LaneState.BOOKED, 2)
    assert [revision for _, revision in world.pos.calls] == [1, 2]


def test_no_outlet_at_all_is_said() -> None:
    world = BookingWorld(web_outlet="")
    world.pos.outlets = {"o-main"}
    world.order(2)
    world.run()
    assert "no outlet is chosen" in world.entry().refusal


def test_the_first_outlet_takes_web_orders_where_none_is_named() -> None:
    world = BookingWorld(web_outlet="", outlets=frozenset({"o-2", "o-1"}))
    world.pos.outlets = {"o-1"}
    world.order(2)
    world.run()
    assert world.off() == 2


def test_a_pos_that_takes_no_web_orders_is_asked_once_and_every_order_says_so(
    world: BookingWorld,
) -> None:
    world.pos.offered = False
    for number in (FIRST, SECOND, THIRD):
        world.order(1, number)
    world.run()
    assert len(world.pos.calls) == 1
    for number in (FIRST, SECOND, THIRD):
        assert world.state(number) is LaneState.FAILED
        assert "web_orders=ledger" in world.entry(number).refusal
    world.pos.offered = True
    world.later(16 * 60)
    assert [world.off(n) for n in (FIRST, SECOND, THIRD)] == [1, 1, 1]


# --- what people at the POS do --------------------------------------------------------------------------


def test_what_a_person_books_later_is_read_when_the_pos_says_so(world: BookingWorld) -> None:
    world.pos.by_person = True
    world.order(2)
    world.run()
    assert (world.state(), world.off(), list(world.rows)) == (LaneState.RECEIVED, 0, [OPEN])
    assert world.entry().accounts[0].asked == 2
    world.pos.people_book()
    world.mark(SINCE)
    world.run()
    assert (world.state(), world.off()) == (LaneState.BOOKED, 2)
    assert list(world.moved) == [MUG]
    assert world.told_of("web_order.booked") == [FIRST]
    world.until_quiet()


def test_what_a_clerk_voids_counts_as_not_booked(world: BookingWorld) -> None:
    world.order(2)
    world.run()
    world.pos.correct("bigcommerce:hbr1:1041", 0)
    world.mark(SINCE)
    world.run()
    assert [booking.units for booking in world.entry().accounts[0].bookings] == [2, 0]
    world.until_quiet()


def test_a_list_that_says_nothing_new_marks_nothing(world: BookingWorld) -> None:
    world.order(2)
    world.run()
    world.forget_rows()
    world.mark(SINCE)
    world.run()
    assert (world.moved, world.rows) == ({}, {})


def test_orders_of_another_store_of_the_account_are_passed_over(world: BookingWorld) -> None:
    world.order(2)
    world.run()
    world.stores.save_connection(replace(world.connection, store_hash="other"))
    before = world.entry()
    world.pos.correct("bigcommerce:hbr1:1041", 0)
    world.mark(SINCE)
    world.run()
    assert (world.entry(), world.rows) == (before, {})


def test_versions_that_are_told_later_are_asked_for(world: BookingWorld) -> None:
    """A POS that books at once, and says later in which version."""
    world.pos.tells_late = True
    world.order(2)
    world.run()
    (account,) = world.entry().accounts
    assert [(b.units, account.asked) for b in account.bookings] == [(2, None)]
    world.until_quiet()


# --- a POS that was restored ---------------------------------------------------------------------------


def test_every_open_order_is_told_again_in_the_next_epoch(world: BookingWorld) -> None:
    world.order(2)
    world.order(1, SECOND, product=PEN)
    world.run()
    restored = type(world.pos)({MUG: 1_000, PEN: 1_000})
    world.pos = restored
    world.told = restored
    world.adopt()
    world.mark(OPEN, force=True)
    world.run()
    assert (world.off(), world.off(SECOND)) == (2, 1)
    assert [revision for _, revision in restored.calls] == [1, 1]
