"""An order is over when no POS record in use can need its accounts; one that nobody pays is judged again."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN
from tests.unit.domain.web_orders.orders import NOW_MS, a_line, an_account, an_entry
from tillbridge.domain.versions import version_of
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.entry import OrderEntry, again_ms, settled
from tillbridge.domain.web_orders.owed import PENDING_MS


def an_entry_with(*accounts: Any, **overrides: Any) -> OrderEntry:
    """Return an entry whose lines have these accounts."""
    entry = an_entry(*(a_line(n + 1) for n in range(len(accounts))))
    lines = zip(entry.lines, accounts, strict=True)
    return replace(
        entry, lines=tuple(replace(line, account=each) for line, each in lines), **overrides
    )


BOOKED = an_account(2, (7, 2))


def test_an_order_is_settled_when_the_last_record_used_contains_what_it_owes() -> None:
    entry = an_entry_with(BOOKED)
    assert settled(entry, {JUMPER: 7}).settled
    assert settled(entry, {JUMPER: 8}).settled
    assert not settled(entry, {JUMPER: 6}).settled


def test_settling_changes_nothing_else_and_undoes_nothing() -> None:
    entry = an_entry_with(BOOKED)
    assert replace(settled(entry, {JUMPER: 7}), settled=False) == entry
    assert settled(replace(entry, settled=True), {}).settled


def test_an_order_waits_for_each_of_its_lines() -> None:
    lanterns = an_account(1, (9, 1), holder=Holder(LANTERN))
    entry = an_entry_with(BOOKED, lanterns)
    assert not settled(entry, {JUMPER: 7}).settled
    assert not settled(entry, {JUMPER: 7, LANTERN: 8}).settled
    assert settled(entry, {JUMPER: 7, LANTERN: 9}).settled


@pytest.mark.parametrize(
    "account",
    [
        an_account(2),
        an_account(2, (7, 1)),
        an_account(1, (7, 2)),
        an_account(2, (7, 2), asked=1),
        an_account(2, (5, 2), (9, 2)),
        an_account(2, holder=None),
        an_account(2, (7, 2), holder=None),
        an_account(0, asked=0),
    ],
    ids=[
        "nothing is booked",
        "too little is booked",
        "a return is not booked yet",
        "an answer is missing",
        "the newest booking is later than the record",
        "its product is not linked",
        "what holds it is not known any more",
        "the POS was asked and nobody knows what it did",
    ],
)
def test_an_order_stays_open_while(account: Any) -> None:
    assert not settled(an_entry_with(account), {JUMPER: 8}).settled


def test_an_order_stays_open_while_the_pos_has_not_answered() -> None:
    assert not settled(an_entry_with(BOOKED, unanswered=True), {JUMPER: 8}).settled


def test_bookings_of_an_earlier_epoch_settle_nothing() -> None:
    """A POS that was restored from a backup has lost them."""
    assert not settled(an_entry_with(BOOKED), {JUMPER: version_of(1, 3)}).settled


def test_a_line_that_owes_nothing_and_was_never_booked_waits_for_no_record() -> None:
    nothing = an_account(0, holder=None)
    assert settled(an_entry_with(nothing), {}).settled
    assert settled(an_entry_with(nothing, BOOKED), {JUMPER: 7}).settled


def test_a_line_that_was_booked_and_taken_back_waits_for_the_record_that_has_it_back() -> None:
    entry = an_entry_with(an_account(0, (7, 2), (9, 0)))
    assert not settled(entry, {JUMPER: 8}).settled
    assert settled(entry, {JUMPER: 9}).settled


def test_an_order_that_is_not_paid_is_judged_again_a_day_after_it_was_placed() -> None:
    assert again_ms(an_entry(status=1)) == NOW_MS + PENDING_MS


@pytest.mark.parametrize("status", [0, 2, 4, 5, 7, 9, 11, 99])
def test_an_order_that_is_not_pending_is_never_judged_again(status: int) -> None:
    assert again_ms(an_entry(status=status)) == 0


def test_a_pending_order_that_owes_nothing_is_not_judged_again() -> None:
    assert again_ms(an_entry(a_line(refunded=2), status=1)) == 0
    assert again_ms(an_entry(a_line(physical=False), status=1)) == 0


def test_a_pending_order_is_judged_again_when_only_one_of_its_lines_owes() -> None:
    lines = (a_line(1, physical=False), a_line(2))
    assert again_ms(an_entry(*lines, status=1)) == NOW_MS + PENDING_MS


def test_an_order_that_was_given_up_is_not_judged_again() -> None:
    assert again_ms(an_entry(status=1, placed_ms=NOW_MS - PENDING_MS)) == 0
