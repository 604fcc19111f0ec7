"""The share of the window: what is left, and who may spend it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillbridge.adapters.lightspeed_x.quota import WINDOW_MS, Window, after, calls_of, wait_for
from tillbridge.domain.spending import REST, Spender


def told(limit: object, left: object) -> dict[str, str]:
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left)}


def test_a_retailer_with_a_register_has_350_calls_and_one_with_ten_3050() -> None:
    assert (calls_of(1), calls_of(10)) == (350, 3_050)


def test_the_window_is_seen_from_its_first_answer_on() -> None:
    first = after(None, told(350, 340), 1_000)
    assert first == Window(350, 340, 1_000)
    assert after(first, told(350, 339), 60_000) == Window(350, 339, 1_000)


def test_more_calls_left_than_before_is_a_new_window() -> None:
    assert after(Window(350, 5, 1_000), told(350, 349), 60_000) == Window(350, 349, 60_000)
    late = 1_000 + WINDOW_MS
    assert after(Window(350, 5, 1_000), told(350, 4), late) == Window(350, 4, late)


@pytest.mark.parametrize("headers", [{}, told(0, 3), told("many", 3), told(350, "")])
def test_an_answer_that_says_nothing_took_a_call(headers: dict[str, str]) -> None:
    assert after(None, headers, 1) is None
    assert after(Window(350, 5, 0), headers, 1) == Window(350, 4, 0)
    assert after(Window(350, 0, 0), headers, 1) == Window(350, 0, 0)


@pytest.mark.parametrize(
    ("spender", "left", "may"),
    [
        (Spender.POLL, 1, True),
        (Spender.POLL, 0, False),
        (Spender.POKE, 141, True),
        (Spender.POKE, 140, False),
        (Spender.WALK, 176, True),
        (Spender.WALK, 175, False),
        (Spender.IMPORT, 141, True),
        (Spender.IMPORT, 140, False),
    ],
)
def test_each_spender_leaves_its_rest_to_the_others(spender: Spender, left: int, may: bool) -> None:
    wait = wait_for(Window(350, left, 0), spender, 100_000)
    assert wait == (0 if may else 200)


@given(st.sampled_from(Spender), st.integers(1, 10_000), st.integers(0, 10_000))
def test_nobody_who_may_call_goes_below_the_rest(spender: Spender, limit: int, left: int) -> None:
    if wait_for(Window(limit, left, 0), spender, 0) == 0:
        assert Decimal(left - 1) / limit >= REST[spender]


def test_a_window_that_is_over_keeps_nobody_waiting() -> None:
    assert wait_for(Window(350, 0, 0), Spender.WALK, WINDOW_MS) == 0
    assert wait_for(None, Spender.WALK, 0) == 0


def test_the_share_is_between_nothing_and_all() -> None:
    assert Window(350, 175, 0).share == Decimal("0.5")
    assert Window(350, 999, 0).share == 1
