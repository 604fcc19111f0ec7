"""A POS that is down, slow, throttled, ahead or silent: every order waits with its units subtracted, and is
booked once."""

from collections.abc import Callable

import pytest

from tests.booking_world import FIRST, MUG, BookingWorld
from tests.builders import STORE
from tests.faults import Faults, Planted
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, PosDown, RetryLater
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.problems import attention_for
from tillbridge.domain.web_orders.book_rows import OPEN, POS, SINCE
from tillbridge.domain.web_orders.entry import BOOKING_PATIENCE_MS, LaneState
from tillbridge.domain.web_orders.refusal_words import RefusalCode
from tillbridge.domain.web_orders.told import Told

SECOND = WebOrderId(1042)
MINUTE = 60
DOWN = PosDown("The POS cannot be reached: it answered 503.")


@pytest.fixture
def world() -> BookingWorld:
    return BookingWorld()


def _fails_on(number: WebOrderId, error: Exception) -> Callable[[Told], None]:
    def told(order: Told) -> None:
        if order.order == number:
            raise error

    return told


def test_a_reply_that_was_lost_is_asked_for_again_and_books_once(world: BookingWorld) -> None:
    world.pos.loses = 1
    world.order(2)
    world.run()
    assert (world.state(), world.off()) == (LaneState.WAITING, 2)
    assert world.entry().accounts[0].asked == 2
    world.until_quiet()
    assert (world.state(), world.off(), len(world.pos.bookings)) == (LaneState.BOOKED, 2, 1)
    assert [revision for _, revision in world.pos.calls] == [1, 1]


def test_what_is_unanswered_is_sent_again_as_it_was_before_what_is_newer(
    world: BookingWorld,
) -> None:
    world.pos.loses = 1
    world.order(3)
    world.run()
    world.order(1)
    world.until_quiet()
    assert [revision for _, revision in world.pos.calls] == [1, 1, 2]
    assert ([units for _, units in world.pos.bookings], world.off()) == ([3, -2], 1)


def test_an_order_that_the_pos_never_answers_holds_up_no_other(world: BookingWorld) -> None:
    world.pos.when_told = _fails_on(FIRST, DOWN)
    world.order(1)
    for place in range(2, 6):
        world.order(1, WebOrderId(1040 + place))
    world.run()
    assert world.pos.units[MUG] == 996
    assert world.state() is LaneState.WAITING


def test_a_pos_that_is_down_is_tried_less_and_less_often(world: BookingWorld) -> None:
    for place in range(1_000):
        world.order(1, WebOrderId(2_000 + place))
    world.pos.fails = [DOWN] * 10_000
    began = world.clock.now_ms()
    while world.clock.now_ms() - began < 60 * MINUTE * 1_000:
        world.run()
        world.clock.advance(world.seconds_to_wake())
    assert len(world.pos.calls) < 60
    assert world.pos.units[MUG] == 1_000
    world.pos.fails = []
    world.until_quiet()
    assert (world.pos.units[MUG], len(world.pos.bookings)) == (0, 1_000)


def test_a_signal_during_an_outage_makes_no_call(world: BookingWorld) -> None:
    world.pos.fails = [PosDown("The POS asks us to wait.", 30)]
    world.order(2)
    world.run()
    world.order(1, SECOND)
    world.later(10)
    assert (len(world.pos.calls), POS in world.rows) == (1, True)
    assert world.seconds_to_wake() == pytest.approx(20.5)
    world.later(21)
    assert (world.off(), world.off(SECOND), POS in world.rows) == (2, 1, False)


def test_an_outage_that_is_over_is_forgotten(world: BookingWorld) -> None:
    world.pos.fails = [PosDown("Wait.", 1)] * 5
    world.order(2)
    for _ in range(6):
        world.later(20 * MINUTE)
    assert world.off() == 2
    world.until_quiet()
    world.pos.fails = [PosDown("Wait.", 1)]
    world.order(1, SECOND)
    world.run()
    assert world.rows[POS].attempts == 1


def test_a_token_that_the_pos_refuses_waits_for_a_person(world: BookingWorld) -> None:
    refusal: NeedsAttention = attention_for(AttentionCode.POS_TOKEN_DEAD)
    world.pos.fails = [refusal]
    world.order(2)
    world.run()
    assert (world.off(), world.signals.wakes[-1][0]) == (0, STORE)
    world.later(16 * MINUTE)
    assert (world.state(), world.off()) == (LaneState.BOOKED, 2)


def test_a_pos_that_is_ahead_is_told_the_next_revision(world: BookingWorld) -> None:
    world.pos.ahead = 1
    world.order(2)
    world.run()
    assert [revision for _, revision in world.pos.calls] == [1, 3]
    assert (world.state(), world.off()) == (LaneState.BOOKED, 2)


def test_a_pos_that_is_always_ahead_does_not_hold_the_slice(world: BookingWorld) -> None:
    world.pos.ahead = 10_000
    world.order(2)
    world.order(1, SECOND)
    world.run()
    assert len(world.pos.calls) == 10
    assert {world.rows["1041"].attempts, world.rows["1042"].attempts} == {1}


def test_tables_that_are_busy_have_it_woken(world: BookingWorld) -> None:
    world.order(2)

    def busy(*_: object) -> None:
        raise RetryLater("The tables are busy.")

    kept, world.book.kept = world.book.kept, busy  # type: ignore[method-assign, assignment]  # a throttled table
    world.run()
    assert world.signals.wakes == [(STORE, 30.5)]
    world.book.kept = kept  # type: ignore[method-assign]  # it is free again
    world.run()
    assert world.off() == 2


def test_a_bug_costs_one_order(world: BookingWorld, faults: Faults) -> None:
    faults.planted = True
    world.pos.when_told = _fails_on(FIRST, Planted())
    world.order(1)
    world.order(1, SECOND)
    world.run()
    assert (world.off(SECOND), world.rows["1041"].attempts) == (1, 1)
    assert faults.products == {"1041"}


# --- overdue -------------------------------------------------------------------------------------------


def test_an_order_that_waits_for_a_person_too_long_is_told_of_once(world: BookingWorld) -> None:
    world.pos.by_person = True
    world.order(2)
    assert world.run().overdue == 0
    world.later(14 * MINUTE)
    assert world.told_of("web_order.overdue") == []
    overdue = [world.later(16 * MINUTE).overdue for _ in range(4)]
    assert overdue == [1, 1, 1, 1]
    assert world.told_of("web_order.overdue") == [FIRST]
    assert len(world.pos.calls) == 1


def test_it_is_noticed_as_soon_as_it_is_overdue(world: BookingWorld) -> None:
    world.pos.by_person = True
    world.order(2)
    world.run()
    world.clock.advance(10 * MINUTE)
    world.order(1, SECOND)
    world.run()
    world.later(5 * MINUTE + 1)
    assert world.told_of("web_order.overdue") == [FIRST]
    world.later(10 * MINUTE + 1)
    assert world.told_of("web_order.overdue") == [FIRST, SECOND]


def test_an_outage_does_not_hide_what_is_overdue(world: BookingWorld) -> None:
    world.order(2)
    world.pos.fails = [DOWN] * 1_000
    began = world.clock.now_ms()
    while world.clock.now_ms() <= began + BOOKING_PATIENCE_MS + 60_000:
        world.run()
        world.clock.advance(world.seconds_to_wake())
    assert world.told_of("web_order.overdue") == [FIRST]


def test_what_is_booked_after_all_is_overdue_no_more(world: BookingWorld) -> None:
    world.pos.refuses = [RefusalCode.REFUSED] * 2
    world.order(2)
    world.run()
    world.later(16 * MINUTE)
    assert world.told_of("web_order.overdue") == [FIRST]
    world.until_quiet()
    assert (world.state(), world.off(), list(world.rows)) == (LaneState.BOOKED, 2, [])


# --- effects that come late -----------------------------------------------------------------------------


def test_units_of_which_the_pos_says_nothing_are_not_taken_for_booked(world: BookingWorld) -> None:
    """A return whose version is told later may show in a record already."""
    world.order(3)
    world.run()
    world.pos.tells_late = world.pos.lists_late = True
    world.order(1)
    world.run()
    assert (world.off(), world.entry().accounts[0].asked) == (1, 1)
    world.pos.lists_late = False
    world.until_quiet()
    (account,) = world.entry().accounts
    assert (account.asked, account.bookings[-1].units) == (None, 1)


def test_a_pos_that_never_says_it_is_asked_ten_times(world: BookingWorld) -> None:
    world.pos.tells_late = world.pos.lists_late = True
    world.order(2)
    world.until_quiet()
    assert (len(world.pos.listed_since), world.state()) == (10, LaneState.BOOKED)
    assert world.entry().accounts[0].asked == 2


def test_the_list_is_read_again_behind_what_may_still_appear(world: BookingWorld) -> None:
    world.order(2)
    world.run()
    for seconds in (0, 60, 5 * MINUTE, 5 * MINUTE):
        world.clock.advance(seconds)
        world.mark(SINCE)
        world.run()
    assert world.pos.listed_since == [0, 0, 0, world.pos.version]
    assert not [row for row in world.pending.rows if row.lane is Lane.BOOK and row.product != OPEN]
