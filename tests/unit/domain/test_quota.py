"""The quota gate: what an answer's headers open and close."""

import pytest

from tillbridge.domain.quota import Quota, Reading

NOW = 1_000_000


def after(
    left: int, *, reset_ms: int = 10_000, quota: int = 100, gate: Quota | None = None
) -> Quota:
    """The gate after a call that took no time."""
    reading = Reading(quota, left, reset_ms, 30_000)
    return (gate or Quota()).sent().answered(reading, sent_ms=NOW, now_ms=NOW)


@pytest.mark.parametrize("urgent", [False, True])
def test_what_is_unknown_holds_nobody_back(urgent: bool) -> None:
    assert Quota().wait_needed(NOW, urgent=urgent) == 0


def test_work_nobody_waits_for_stops_at_a_fifth_until_the_reset() -> None:
    assert after(21).wait_needed(NOW, urgent=False) == 0
    assert after(20).wait_needed(NOW, urgent=False) == 10
    assert after(20).wait_needed(NOW + 4_000, urgent=False) == 6
    assert after(20).wait_needed(NOW + 10_000, urgent=False) == 0


def test_urgent_work_may_spend_the_reserve_to_the_last_call() -> None:
    assert after(1).wait_needed(NOW, urgent=True) == 0
    assert after(0).wait_needed(NOW, urgent=True) == 10


def test_calls_in_flight_count_as_spent() -> None:
    gate = after(23).sent().sent()
    assert gate.wait_needed(NOW, urgent=False) == 0
    assert gate.sent().wait_needed(NOW, urgent=False) == 10


def test_answers_that_overtake_each_other_never_raise_what_is_left() -> None:
    gate = after(30, gate=after(20))
    assert gate.left == 20
    assert gate.wait_needed(NOW, urgent=False) == 10


def test_a_new_window_raises_what_is_left() -> None:
    gate = after(0, reset_ms=1_000).sent()
    later = gate.answered(Reading(100, 99, 30_000, 30_000), sent_ms=NOW + 1_000, now_ms=NOW + 1_010)
    assert later.wait_needed(NOW + 1_010, urgent=False) == 0


def test_a_late_answer_of_the_window_before_changes_nothing() -> None:
    fresh = after(99, reset_ms=30_000).sent()
    late = fresh.answered(Reading(100, 3, 500, 30_000), sent_ms=NOW - 2_000, now_ms=NOW + 10)
    assert late.wait_needed(NOW + 10, urgent=False) == 0
    assert late.in_flight == 0


def test_a_lost_call_is_taken_to_have_been_counted() -> None:
    gate = after(21).sent().answered(None, sent_ms=NOW, now_ms=NOW)
    assert gate.wait_needed(NOW, urgent=False) == 10


def test_a_429_closes_the_gate_for_everybody_until_its_wait_is_over() -> None:
    gate = after(50).throttled(7.5, NOW)
    assert gate.wait_needed(NOW, urgent=True) == 7.5
    assert gate.wait_needed(NOW, urgent=False) == 7.5
    assert gate.wait_needed(NOW + 7_500, urgent=False) == 0


def test_a_shorter_429_does_not_open_what_a_longer_one_closed() -> None:
    assert Quota().throttled(9, NOW).throttled(1, NOW).wait_needed(NOW, urgent=True) == 9
