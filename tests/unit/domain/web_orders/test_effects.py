"""What a booking's effects speak of, and how they join the bookings before."""

import pytest

from tests.builders import JUMPER, a_product
from tests.unit.domain.web_orders.orders import MEDIUM, SMALL, an_account
from tillbridge.domain.ids import WebLineId
from tillbridge.domain.versions import version_of
from tillbridge.domain.web_orders.accounts import Booking, Holder
from tillbridge.domain.web_orders.effects import Effect, with_effects


def _one(account_bookings: list[tuple[int, int]], *effects: Effect) -> tuple[Booking, ...]:
    return with_effects([an_account(2, *account_bookings)], {0: 2}, effects)[0]


def test_of_two_bookings_of_one_version_the_lesser_is_believed() -> None:
    assert _one([(11, 2)], Effect(JUMPER, 11, 1)) == (Booking(11, 1),)
    assert _one([(11, 1)], Effect(JUMPER, 11, 2)) == (Booking(11, 1),)


def test_an_effect_that_says_the_same_again_is_kept_once_at_its_first_version() -> None:
    assert _one([(11, 2)], Effect(JUMPER, 14, 2)) == (Booking(11, 2),)


def test_the_same_units_in_a_later_epoch_are_news() -> None:
    later = version_of(1, 3)
    assert _one([(11, 2)], Effect(JUMPER, later, 2)) == (Booking(11, 2), Booking(later, 2))


def test_an_effect_that_comes_late_stands_before_the_newer_one() -> None:
    assert _one([(14, 1)], Effect(JUMPER, 11, 2)) == (Booking(11, 2), Booking(14, 1))


@pytest.mark.parametrize(
    ("effect", "places"),
    [
        (Effect(JUMPER, 11, 1, SMALL), [0, 1]),
        (Effect(JUMPER, 11, 1, SMALL, WebLineId(2)), [1]),
        (Effect(JUMPER, 11, 1, MEDIUM), [2]),
        (Effect(a_product().id, 11, 1), [3]),
        (Effect(JUMPER, 11, 1, None, WebLineId(3)), [2]),
    ],
)
def test_an_effect_speaks_of_the_lines_that_fit_it_in_everything(
    effect: Effect, places: list[int]
) -> None:
    accounts = [
        an_account(1),
        an_account(1, line=WebLineId(2)),
        an_account(1, holder=Holder(JUMPER, MEDIUM), line=WebLineId(3)),
        an_account(1, holder=Holder(a_product().id), line=WebLineId(4)),
        an_account(1, holder=None, line=WebLineId(5)),
    ]
    found = with_effects(accounts, dict.fromkeys(range(5), 1), [effect])
    assert [place for place, bookings in enumerate(found) if bookings] == places


def test_a_line_takes_no_more_of_a_sum_than_it_was_asked_and_the_last_the_rest() -> None:
    accounts = [an_account(2), an_account(2, line=WebLineId(2))]
    (first, second) = with_effects(accounts, {0: 2, 1: 2}, [Effect(JUMPER, 11, 3, SMALL)])
    assert (first, second) == ((Booking(11, 2),), (Booking(11, 1),))


def test_the_lesser_of_one_version_is_believed_even_when_nothing_was_booked() -> None:
    assert _one([(9, 2), (11, 0)], Effect(JUMPER, 11, 2)) == (Booking(9, 2), Booking(11, 0))
