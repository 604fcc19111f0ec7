"""An order goes to the POS, and how its entry ends."""

import pytest

from tests.builders import JUMPER, LANTERN
from tests.unit.domain.web_orders.orders import (
    MEDIUM,
    NOW_MS,
    SIGHT,
    SMALL,
    a_line,
    an_account,
    an_entry,
    an_order,
)
from tillbridge.domain.ids import WebLineId
from tillbridge.domain.versions import version_of
from tillbridge.domain.web_orders.accounts import Booking, Holder
from tillbridge.domain.web_orders.booking import (
    Answer,
    answered,
    ask,
    counted,
    ended_by_hand,
    is_due,
    overtaken,
    refused,
    unreachable,
)
from tillbridge.domain.web_orders.effects import Effect, with_effects
from tillbridge.domain.web_orders.entry import (
    BOOKING_PATIENCE_MS,
    LaneState,
    OrderEntry,
    is_overdue,
    is_settled,
)
from tillbridge.domain.web_orders.finding import found

BOOKED = Answer(1, 0, (Effect(JUMPER, 11, 2, SMALL, WebLineId(1)),))


def _booked() -> OrderEntry:
    return answered(ask(an_entry(), 0), BOOKED)


def test_what_is_asked_is_written_before_the_call_and_goes_with_its_answer() -> None:
    asked = ask(an_entry(), 0)
    assert (asked.state, asked.accounts[0].asked) == (LaneState.ASKED, 2)
    entry = answered(asked, BOOKED)
    assert (entry.state, entry.accounts[0].asked) == (LaneState.BOOKED, None)
    assert entry.accounts[0].bookings == (Booking(11, 2),)
    assert not is_due(entry, 0)
    assert is_settled(entry.accounts[0], 11)
    assert not is_settled(entry.accounts[0], 10)


def test_an_unanswered_call_is_repeated_as_it_was_before_a_newer_one() -> None:
    asked = unreachable(ask(an_entry(), 0))
    assert asked.state is LaneState.WAITING
    changed = found(asked, an_order(a_line(refunded=1)), SIGHT)
    again = ask(changed, 0)
    assert (again.sent, again.revision) == (asked.sent, 2)
    then = answered(again, BOOKED)
    assert is_due(then, 0)
    newer = ask(then, 0)
    assert newer.sent == newer.told
    assert newer.accounts[0].asked == 1


def test_an_answer_that_comes_twice_or_too_late_changes_nothing() -> None:
    entry = _booked()
    assert answered(entry, BOOKED) == entry
    changed = ask(found(entry, an_order(a_line(refunded=1)), SIGHT), 0)
    returned = Answer(2, 0, (Effect(JUMPER, 12, 1, SMALL, WebLineId(1)),))
    last = answered(changed, returned)
    assert answered(last, BOOKED) == last
    assert answered(changed, BOOKED).accounts[0].asked == 1, "the newer call is still open"


def test_a_refused_order_says_why_and_stays_subtracted() -> None:
    entry = refused(ask(an_entry(), 0), "The outlet is closed.")
    assert (entry.state, entry.accounts[0].asked) == (LaneState.FAILED, 2)
    assert is_overdue(entry, NOW_MS + BOOKING_PATIENCE_MS + 1)
    assert not is_overdue(entry, NOW_MS + BOOKING_PATIENCE_MS)


def test_what_a_person_books_later_stays_asked_until_it_is_booked() -> None:
    entry = answered(ask(an_entry(), 0), Answer(1, 0, received=True))
    assert (entry.state, entry.accounts[0].asked) == (LaneState.RECEIVED, 2)
    assert not is_due(entry, 0)
    assert answered(entry, BOOKED).state is LaneState.BOOKED


def test_after_a_restored_backup_an_order_is_told_again() -> None:
    entry = _booked()
    assert is_due(entry, 1)
    asked = ask(entry, 1)
    assert asked.sent == entry.sent
    assert answered(asked, BOOKED) == asked, "an answer of before says nothing now"
    anew = Answer(1, 1, (Effect(JUMPER, version_of(1, 4), 2, SMALL, WebLineId(1)),))
    known = answered(asked, anew).accounts[0].bookings
    assert known == (Booking(11, 2), Booking(version_of(1, 4), 2))


def test_a_pos_that_is_ahead_is_told_the_next_revision_and_believed_in_nothing() -> None:
    entry = overtaken(ask(an_entry(), 0), 7)
    assert (entry.revision, entry.accounts[0].asked) == (8, 0)
    asked = ask(entry, 0)
    assert asked.accounts[0].asked == 0
    done = answered(asked, Answer(8, 0, (Effect(JUMPER, 15, 2, SMALL, WebLineId(1)),)))
    assert (done.state, done.accounts[0].asked) == (LaneState.BOOKED, None)


def test_an_order_booked_by_hand_is_never_told_and_a_later_change_is_said() -> None:
    entry = ended_by_hand(an_entry(), {JUMPER: 20})
    assert (entry.state, entry.accounts[0].bookings) == (LaneState.BY_HAND, (Booking(20, 2),))
    assert not is_due(entry, 0)
    changed = found(entry, an_order(a_line(quantity=3)), SIGHT)
    assert changed.state is LaneState.FAILED
    assert changed.refusal.startswith("Web order 1041 changed after it was booked by hand.")
    assert not is_due(changed, 0)


def test_a_count_ends_what_had_left_the_house_before_it() -> None:
    shipped = an_order(a_line(shipped=1), status=3, modified_ms=NOW_MS + 60_000)
    entry = found(an_entry(), shipped, SIGHT)
    early = counted(entry, JUMPER, 30, NOW_MS + 59_999)
    assert early == entry
    part = counted(entry, JUMPER, 30, NOW_MS + 60_000)
    assert part.accounts[0].bookings == (Booking(30, 1),)
    assert part.state is LaneState.SEEN
    whole = found(part, an_order(a_line(shipped=2), status=2, modified_ms=NOW_MS + 90_000), SIGHT)
    assert counted(whole, JUMPER, 31, NOW_MS + 90_000).state is LaneState.BY_HAND


@pytest.mark.parametrize(("units", "small", "medium"), [(3, 2, 1), (2, 1, 0), (1, 0, 0), (0, 0, 0)])
def test_a_products_sum_is_never_split_across_variants_by_guess(
    units: int, small: int, medium: int
) -> None:
    accounts = [an_account(2), an_account(1, holder=Holder(JUMPER, MEDIUM), line=WebLineId(2))]
    found_ = with_effects(accounts, {0: 2, 1: 1}, [Effect(JUMPER, 11, units)])
    assert [each[-1].units if each else 0 for each in found_] == [small, medium]


def test_a_variants_sum_goes_to_its_lines_in_their_order() -> None:
    accounts = [an_account(2), an_account(2, line=WebLineId(2))]
    found_ = with_effects(accounts, {0: 2, 1: 2}, [Effect(JUMPER, 11, 3, SMALL)])
    assert [each[-1].units for each in found_] == [2, 1]


def test_what_the_pos_need_not_know_is_neither_asked_nor_overtaken() -> None:
    held = an_entry(status=1)
    with pytest.raises(ValueError, match="1041"):
        ask(held, 0)
    assert overtaken(held, 4) == held


def test_a_count_says_nothing_of_other_products_and_ends_no_order_that_others_keep_open() -> None:
    shipped = a_line(shipped=2), a_line(2, variant=502)
    entry = found(None, an_order(*shipped, status=3, modified_ms=NOW_MS), SIGHT)
    assert counted(entry, LANTERN, 30, NOW_MS + 1) == entry
    part = counted(entry, JUMPER, 30, NOW_MS + 1)
    assert [account.bookings for account in part.accounts] == [(Booking(30, 2),), ()]
    assert part.state is LaneState.SEEN
    assert counted(ended_by_hand(entry, {}), LANTERN, 30, NOW_MS + 1).state is LaneState.BY_HAND


def test_a_pos_that_is_ahead_stays_ahead_of_older_answers() -> None:
    entry = overtaken(ask(an_entry(), 0), 7)
    assert answered(entry, BOOKED) == entry
    assert overtaken(entry, 3).answered == 7
    assert ask(entry, 0).sent == entry.told, "what it refused is not sent again as it was"


def test_the_end_by_hand_ends_what_waits_and_what_was_refused() -> None:
    for entry in (ask(an_entry(), 0), refused(ask(an_entry(), 0), "It is closed.")):
        ended = ended_by_hand(entry, {JUMPER: 20})
        assert (ended.state, ended.refusal, ended.unanswered) == (LaneState.BY_HAND, "", False)
        assert ended.accounts[0].asked is None


def test_asking_again_clears_why_it_was_refused_and_an_answer_that_it_waits() -> None:
    entry = ask(refused(unreachable(ask(an_entry(), 0)), "It is closed."), 0)
    assert (entry.refusal, entry.state) == ("", LaneState.ASKED)
    assert answered(unreachable(entry), BOOKED).state is LaneState.BOOKED
