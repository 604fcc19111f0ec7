"""Whether the judge of a Saturday and the product's own autopsy agree on each unit that was sold twice."""

from dataclasses import replace
from math import inf

from cli.demo.saturday_autopsies import UNREAD_S, autopsies
from sandbox.saturday.judge import SoldTwice
from tests.builders import LANTERN
from tests.unit.domain.autopsy.stories import STORIES
from tillbridge.domain.autopsy.verdict import verdicts
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.oversold import Oversold
from tillbridge.domain.web_orders.accounts import Holder

VERDICTS = verdicts(STORIES["till_after_web"]().timeline())
SOLD = SoldTwice((str(LANTERN), None), 100.0, inf, 1, "till_after_web")
DEBT = Oversold(102_000, Holder(LANTERN), 1, 3, name="Lantern", orders=(WebOrderId(1042),))


def test_a_unit_that_both_count_has_its_cause_and_what_would_have_prevented_it() -> None:
    found = autopsies([SOLD], [DEBT], lambda _: VERDICTS)

    assert found.broken == ()
    (each,) = found.explained
    assert each.order == "1042"
    assert "the till sold what the web had sold" in each.words
    assert each.prevented


def test_a_unit_that_was_not_noticed_breaks_a_promise() -> None:
    (words,) = autopsies([SOLD], [], lambda _: VERDICTS).broken
    assert "was not noticed" in words


def test_a_unit_that_came_back_before_it_could_be_read_breaks_none() -> None:
    healed = replace(SOLD, until=SOLD.at + UNREAD_S - 1)
    found = autopsies([healed], [], lambda _: VERDICTS)
    assert (found.broken, found.healed) == ((), (healed,))
    assert autopsies([replace(SOLD, until=SOLD.at + UNREAD_S)], [], lambda _: VERDICTS).broken


def test_a_unit_that_was_noticed_and_never_missing_breaks_a_promise() -> None:
    (words,) = autopsies([], [DEBT], lambda _: VERDICTS).broken
    assert "are 0 by the logs of both sides" in words


def test_a_replay_that_comes_to_another_debt_breaks_a_promise() -> None:
    (first, *_) = VERDICTS
    wrong = replace(first, timeline=replace(first.timeline, debt=2))
    (words,) = autopsies([SOLD], [DEBT], lambda _: (wrong,)).broken
    assert "in a replay that changes nothing" in words


def test_a_debt_without_history_breaks_a_promise() -> None:
    (words,) = autopsies([SOLD], [DEBT], lambda _: ()).broken
    assert "have no history" in words


def test_a_unit_that_was_there_for_a_moment_was_missing_all_the_time() -> None:
    again = replace(SOLD, at=200.0)
    found = autopsies([replace(SOLD, until=190.0), again], [DEBT], lambda _: VERDICTS)
    assert (found.broken, len(found.explained)) == ((), 2)
