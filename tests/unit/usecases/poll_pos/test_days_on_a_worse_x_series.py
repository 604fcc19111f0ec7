"""A day on an X-Series that is worse than its text, yet within what it leaves open: the mirror ends as the POS is."""

from typing import Any, override

import pytest

from tests.unit.usecases.poll_pos.test_days_on_x_series import (
    newest_told,
    records,
    shown,
    shown_there,
)
from tests.x_series_days import DayOnXSeries

STEADY: dict[str, dict[str, Any]] = {
    "null for what is left out": {"nulls": True},
    "versions that move with stock and names": {"stock_bumps": True, "names_bump": True},
    "no word of the limit": {"no_limits": True},
    "pages of three": {"page_cap": 3},
}
BROKEN = ("cut", "502", "page", "empty")
WAITS = ("date", "seconds", "past", "words", "none")


class WorseDay(DayOnXSeries):
    """`steady` is in force all day; if `breaks`, calls are answered in ways nobody can read, or with a 429."""

    steady: dict[str, Any]
    breaks = False

    @override
    def _time_passes(self, poked: float) -> None:
        self.lab.control.hazards(**self.steady | (self._struck() if self.breaks else {}))
        super()._time_passes(poked)

    def _struck(self) -> dict[str, Any]:
        dice = self.dice
        if dice.random() < 0.3:
            return {"broken": dice.randint(1, 5), "broken_as": dice.choice(BROKEN)}
        if dice.random() < 0.3:
            skew = dice.choice([-900, 0, 900])
            told = {"retry_after": dice.choice(WAITS), "clock_ahead_s": skew}
            return {"refuse_after": dice.randint(0, 3), "refuse_calls": dice.randint(1, 3)} | told
        return {}

    def ends(self) -> None:
        """Let the account be well again, and poll until nobody waits any more."""
        self.lab.control.hazards()
        for _ in range(20):  # who was told to wait, waits a quarter of an hour at most
            self.poll()


def as_the_pos_is(world: WorseDay, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test if the mirror has anything else than the POS, or the stores were not told."""
    ours, theirs = world.products(), records(world, monkeypatch)
    living = {name: each for name, each in theirs.items() if not each["deleted_at"]}
    assert {name for name, each in ours.items() if not each.deleted} == set(living)
    for name, record in living.items():
        assert shown(ours[name]) == shown_there(record)
    assert newest_told(world) == {name: each.version for name, each in ours.items()}


@pytest.mark.parametrize("steady", STEADY.values(), ids=list(STEADY))
def test_a_day_ends_as_the_pos_is(steady: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    world = WorseDay(3)
    world.steady = steady
    world.play(0.5)
    world.ends()
    as_the_pos_is(world, monkeypatch)
    assert world.state.trouble == ""


@pytest.mark.parametrize("seed", range(4))
def test_a_day_of_answers_that_nobody_can_read_ends_as_the_pos_is(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = WorseDay(seed)
    world.steady, world.breaks = {}, True
    world.play(0.5)
    world.ends()
    as_the_pos_is(world, monkeypatch)
    assert world.state.trouble == ""
