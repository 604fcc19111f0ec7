"""Why a unit was sold twice, and what would have prevented it: a golden timeline for each cause."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import LANTERN
from tests.unit.domain.autopsy.stories import START_MS, STORIES, Story, because
from tillbridge.domain.autopsy.assembling import Noticed, timeline_of
from tillbridge.domain.autopsy.causes import Cause
from tillbridge.domain.autopsy.changes import Change
from tillbridge.domain.autopsy.moments import Ordered, PosMove
from tillbridge.domain.autopsy.verdict import Verdict, of_each_unit, verdicts
from tillbridge.domain.autopsy.words import told
from tillbridge.domain.web_orders.accounts import Holder

GOLDEN = Path(__file__).parent / "golden"


def _prevented(verdict: Verdict) -> set[Change]:
    return {each.change for each in verdict.tried if each.prevented}


@pytest.mark.parametrize("name", STORIES)
def test_each_cause_is_told_with_its_timeline(name: str) -> None:
    (verdict,) = verdicts(STORIES[name]().timeline())

    assert verdict.cause is Cause(name)
    assert verdict.reproduces
    assert "\n".join(told(verdict)) + "\n" == (GOLDEN / f"{name}.txt").read_text()


def test_every_cause_has_a_golden_timeline() -> None:
    assert set(STORIES) == {each.value for each in Cause}


def test_within_one_second_nobody_knows_what_came_first_and_both_are_told() -> None:
    story = (
        Story()
        .level(0, 1, version=1)
        .found(9, 1042, 1, placed=6)
        .level(9.4, 0, 1, version=2, read=9, because=because(6.1, "s-1"))
    )

    assert {each.cause for each in verdicts(story.timeline())} == {
        Cause.TILL_AFTER_WEB,
        Cause.WEB_AFTER_TILL,
    }


def test_two_orders_of_one_second_came_in_the_order_of_their_numbers() -> None:
    story = (
        Story(takes_off=False)
        .level(0, 1, version=1)
        .found(5, 1042, 1, placed=2)
        .found(5, 1041, 1, placed=2)
        .level(5.4, 1, 2, version=1)
    )

    (verdict,) = verdicts(story.timeline())

    assert "order 1042" in told(verdict)[3]


def test_the_longest_time_in_which_a_level_had_to_be_online_is_named() -> None:
    (verdict,) = verdicts(STORIES["web_after_till"]().timeline())

    assert "or a level online within 0.9 s (here 3.3 s)" in told(verdict)[-2]


def test_a_till_that_saw_the_booking_would_not_have_sold() -> None:
    story = (
        Story(told=False)
        .level(0, 1, version=1)
        .found(3, 1041, 1, placed=2)
        .level(9, 0, 1, version=2, because=because(7, "s-1"))
    )

    (verdict,) = verdicts(story.timeline())

    assert verdict.cause is Cause.TILL_AFTER_WEB
    assert Change.WEB_ORDERS in _prevented(verdict)
    assert Change.PUSH not in _prevented(verdict)


def test_safety_stock_that_there_was_is_not_recommended_again() -> None:
    story = (
        Story(safety=1).level(0, 1, version=1).level(9, -1, version=2, because=because(7, "s-1"))
    )

    (verdict,) = verdicts(story.timeline())

    assert Change.SAFETY_STOCK not in _prevented(verdict)


def test_a_debt_that_what_is_kept_does_not_explain_is_said_not_to_be() -> None:
    timeline = STORIES["till_after_web"]().timeline(debt=3)

    (verdict,) = verdicts(timeline)

    assert not verdict.reproduces
    assert told(verdict)[1] == "What is kept explains only 1 of it."


def test_a_history_that_begins_later_has_no_timeline() -> None:
    lines = Story().found(5, 1041, 1, placed=2).lines

    assert timeline_of(Noticed(Holder(LANTERN), 1, lines[0].at_ms), lines, []) is None


def test_an_order_that_was_found_before_its_time_at_bigcommerce_came_when_it_was_found() -> None:
    story = STORIES["till_after_web"]()
    early = [
        replace(line, order=replace(line.order, at_ms=line.at_ms + 5_000)) if line.order else line
        for line in story.lines
    ]

    assert all(v.reproduces for v in verdicts(replace(story, lines=early).timeline()))


def test_of_many_events_in_one_second_a_bounded_number_of_orders_is_tried() -> None:
    story = Story().level(0, 40, version=1)
    for number in range(30):
        story.found(9, 1_000 + number, 1, placed=6)
    for number in range(12):
        at = 6 + number * 0.08
        story.level(
            at + 0.01, 39 - number, version=2 + number, read=at, because=because(at, f"s-{number}")
        )
    story.level(9.4, 28, 30, version=13, read=9.2)

    assert all(verdict.reproduces for verdict in verdicts(story.timeline(debt=2)))


def test_a_refund_of_which_bigcommerce_tells_no_time_came_between_two_readings() -> None:
    story = (
        Story().level(0, 2, version=1).found(12, 1041, 2, placed=10).found(40, 1041, 0, placed=10)
    )

    timeline = story.level(50, 2, version=1).timeline(debt=0)

    assert [m.at_ms for m in timeline.moments if isinstance(m, Ordered)] == [
        START_MS + 10_000,
        START_MS + 12_001,
    ]


def test_each_unit_of_a_debt_has_its_own_cause() -> None:
    story = (
        Story()
        .level(0, 1, version=1)
        .found(7, 1041, 1, placed=5)
        .level(12, 0, 1, version=2, because=because(10, "e-1"))
        .found(40, 1042, 1, placed=20)
    )

    (verdict,) = verdicts(story.level(41, 0, 2, version=2).timeline(debt=2))

    causes = [each.cause for each in of_each_unit(verdict)]
    assert causes == [Cause.TILL_AFTER_WEB, Cause.TWO_WEB_ORDERS]


def test_what_the_pos_had_booked_in_the_first_record_is_no_move_at_the_till() -> None:
    story = (
        Story()
        .found(1, 1041, 1, placed=0)
        .booked(2, 1041, 1, version=1)
        .level(3, 2, version=1)
        .level(9, 2, version=2)
    )

    assert not [each for each in story.timeline().moments if isinstance(each, PosMove)]
