"""How many units to keep back, from how a variant sells and how late each side learns of it."""

import pytest

from tillbridge.domain.learned_safety import Pace, learned_safety, next_safety

DAY, HOUR, MINUTE = 1 / 86_400, 1 / 3_600, 1 / 60


def _learned(rate: float, lag_s: float, on_hand: int = 1_000, most: int = 30) -> int:
    return learned_safety(Pace(rate, 0, lag_s, lag_s), on_hand, most)


@pytest.mark.parametrize(
    ("rate", "units"),
    [(DAY, (0, 0, 0, 1)), (HOUR, (0, 0, 1, 2)), (MINUTE, (1, 3, 11, 25))],
)
def test_more_is_kept_back_the_faster_it_sells_and_the_later_it_is_known(
    rate: float, units: tuple[int, ...]
) -> None:
    assert tuple(_learned(rate, lag) for lag in (4, 30, 300, 900)) == units


def test_the_worse_side_decides() -> None:
    assert learned_safety(Pace(HOUR, MINUTE, 4, 30), 100) == 3
    assert learned_safety(Pace(MINUTE, HOUR, 30, 4), 100) == 3
    assert learned_safety(Pace(MINUTE, HOUR, 4, 30), 100) == 1


def test_it_never_keeps_back_more_than_half_or_than_the_shop_allows() -> None:
    assert _learned(MINUTE, 900, on_hand=9) == 4
    assert _learned(MINUTE, 900, on_hand=1) == 0
    assert _learned(MINUTE, 900, on_hand=-5) == 0
    assert _learned(MINUTE, 900, most=2) == 2
    assert learned_safety(Pace(MINUTE, MINUTE, 900, 900), 100) == 3


def test_where_nothing_sells_nothing_is_kept_back_and_a_huge_rate_ends() -> None:
    assert _learned(0, 900) == 0
    assert _learned(10_000, 900) == 30


def test_it_moves_by_one_a_night() -> None:
    assert [next_safety(1, learned) for learned in (3, 1, 0)] == [2, 1, 0]
