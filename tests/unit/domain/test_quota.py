"""The quota gate: what an answer's headers open and close."""

import pytest

from tillbridge.domain.quota import Quota, Reading

NOW = 1_000_000
RESET = 10.002
"""Seconds after which a window whose header says 10,000 ms has ended for certain: our clock and the
header may each be a millisecond short."""


def after(
    left: int, *, reset_ms: int = 10_000, at_ms: int = NOW, gate: Quota | None = None
) -> Quota:
    """Return the gate after a call that took no time."""
    reading = Reading(100, left, reset_ms, 30_000)
    return (gate or Quota()).sent().answered(reading, sent_ms=at_ms, now_ms=at_ms)


@pytest.mark.parametrize("urgent", [False, True])
def test_what_is_unknown_holds_nobody_back(urgent: bool) -> None:
    assert Quota().wait_needed(NOW, urgent=urgent) == 0


def test_work_nobody_waits_for_stops_at_a_fifth_until_the_reset() -> None:
    assert after(21).wait_needed(NOW, urgent=False) == 0
    assert after(20).wait_needed(NOW, urgent=False) == RESET
    assert after(20).wait_needed(NOW + 4_000, urgent=False) == 6.002
    assert after(20).wait_needed(NOW + 10_001, urgent=False) == 0.001
    assert after(20).wait_needed(NOW + 10_002, urgent=False) == 0


def test_urgent_work_may_spend_the_reserve_to_the_last_call() -> None:
    assert after(1).wait_needed(NOW, urgent=True) == 0
    assert after(0).wait_needed(NOW, urgent=True) == RESET


def test_calls_in_flight_count_as_spent() -> None:
    gate = after(23).sent().sent()
    assert gate.wait_needed(NOW, urgent=False) == 0
    assert gate.sent().wait_needed(NOW, urgent=False) == RESET


def test_answers_that_overtake_each_other_never_raise_what_is_left() -> None:
    gate = after(30, gate=after(20))
    assert gate.left == 20
    assert gate.wait_needed(NOW, urgent=False) == RESET


def test_a_new_window_raises_what_is_left() -> None:
    gate = after(0, reset_ms=1_000).sent()
    later = gate.answered(Reading(100, 99, 30_000, 30_000), sent_ms=NOW + 1_000, now_ms=NOW + 1_010)
    assert later.wait_needed(NOW + 1_010, urgent=False) == 0


def test_a_late_answer_of_the_window_before_changes_nothing() -> None:
    fresh = after(99, reset_ms=30_000).sent()
    late = fresh.answered(Reading(100, 3, 500, 30_000), sent_ms=NOW - 2_000, now_ms=NOW + 10)
    assert late.wait_needed(NOW + 10, urgent=False) == 0
    assert late.in_flight == 0


@pytest.mark.parametrize("reset_ms", [9_998, 9_999, 10_000, 10_001])
def test_an_end_that_moves_by_the_clocks_tick_is_the_same_window(reset_ms: int) -> None:
    gate = after(21, at_ms=NOW - 1)
    assert after(20, reset_ms=reset_ms, gate=gate).wait_needed(NOW, urgent=False) > 9
    assert after(30, reset_ms=reset_ms, gate=gate).left == 21


@pytest.mark.parametrize("set_by_ms", [-900_000, -5_000, -20, 20, 5_000])
def test_a_clock_that_is_set_amid_a_window_hides_no_call(set_by_ms: int) -> None:
    at_ms = NOW + 1_000 + set_by_ms
    gate = after(22, reset_ms=9_000, at_ms=at_ms, gate=after(21))
    assert gate.left == 21
    gate = after(20, reset_ms=9_000, at_ms=at_ms, gate=gate)
    assert gate.wait_needed(at_ms, urgent=False) == 9.002


def test_a_lost_call_is_taken_to_have_been_counted() -> None:
    gate = after(21).sent().answered(None, sent_ms=NOW, now_ms=NOW)
    assert gate.wait_needed(NOW, urgent=False) == RESET


def test_a_429_closes_the_gate_for_everybody_until_its_wait_is_over() -> None:
    gate = after(50).throttled(7.5, NOW)
    assert gate.wait_needed(NOW, urgent=True) == 7.5
    assert gate.wait_needed(NOW, urgent=False) == 7.5
    assert gate.wait_needed(NOW + 7_500, urgent=False) == 0


def test_a_shorter_429_does_not_open_what_a_longer_one_closed() -> None:
    assert Quota().throttled(9, NOW).throttled(1, NOW).wait_needed(NOW, urgent=True) == 9
