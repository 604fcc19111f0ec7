"""How long to wait."""

import pytest

from tillbridge.domain.waiting import (
    LONGEST_WAIT_MS,
    STALE_PATIENCE_MS,
    backoff_ms,
    stale_again_ms,
    waited_long_enough,
)

NOW = 10_000_000


@pytest.mark.parametrize(
    ("waited_s", "again_s"), [(0, 1), (4, 1), (10, 2.5), (60, 15), (239, 59.75), (600, 60)]
)
def test_a_version_that_stays_away_is_asked_for_ever_more_seldom(
    waited_s: int, again_s: float
) -> None:
    assert stale_again_ms(NOW - waited_s * 1000, NOW) == NOW + again_s * 1000


def test_a_clock_that_went_back_does_not_wait_for_long() -> None:
    assert stale_again_ms(NOW + 60_000, NOW) == NOW + 1_000


def test_after_fifteen_minutes_it_has_waited_long_enough() -> None:
    assert not waited_long_enough(NOW - STALE_PATIENCE_MS + 1, NOW)
    assert waited_long_enough(NOW - STALE_PATIENCE_MS, NOW)


def test_what_was_never_stale_has_not_waited() -> None:
    assert not waited_long_enough(0, NOW)


def test_failures_wait_twice_as_long_each_time_up_to_fifteen_minutes() -> None:
    assert [backoff_ms(n) for n in (1, 2, 3)] == [2_000, 4_000, 8_000]
    assert backoff_ms(9) == 512_000
    assert backoff_ms(10) == backoff_ms(1_000_000) == LONGEST_WAIT_MS
