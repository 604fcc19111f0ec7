"""The alarms of polls ring by what the functions write, and fall silent when the POS is well again. In memory: the
commands that their pages name are tried by tests/unit/cli."""

from pathlib import Path

import pytest

from sandbox.aws.package import load_template
from tests.poll_world import KEY, PollWorld, settled
from tests.runbooks.alarm import Figures, rings
from tests.runbooks.night import to_type
from tillbridge.domain.errors import PosDown
from tillbridge.domain.pos_grant import PosGrant
from tillbridge.usecases.poll_pos.accounts_due import PollingDeps, start_polls

TEMPLATE = load_template(Path(__file__).parents[2] / "template.yaml")


class Watched:
    """A world whose sweep and polls are measured each minute."""

    def __init__(self, world: PollWorld, said: pytest.CaptureFixture[str]) -> None:
        self.world, self.said, self.figures = world, said, Figures()

    def minutes(self, count: int) -> None:
        """Poll and sweep so often."""
        from tillbridge.observability import (  # after the fixture that names the namespace
            metrics,
            observe_poll,
            observe_polling,
        )

        for _ in range(count):
            record = self.world.poll()
            metrics.service = "poll"
            observe_poll(record)
            deps = PollingDeps(self.world.accounts, self.world.pokes, self.world.clock)
            now = self.world.clock.now_ms()
            self._read(now)
            metrics.service = "sweep"
            observe_polling(start_polls(deps), now)
            self._read(now)

    def _read(self, now_ms: int) -> None:
        self.figures.read(self.said.readouterr().out.splitlines(), now_ms)

    def rings(self, alarm: str) -> bool:
        """Return whether an alarm rings now."""
        said = TEMPLATE["Resources"][alarm]["Properties"]
        now_ms = self.world.clock.now_ms()
        return rings(said, self.figures, now_ms, TEMPLATE["Parameters"])


@pytest.fixture
def watched(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Tillbridge")
    from tillbridge.observability import metrics

    monkeypatch.setattr(metrics, "service", metrics.service)
    monkeypatch.setattr(metrics, "namespace", "Tillbridge")
    return Watched(settled("chair"), capsys)


def test_a_pos_that_is_down_for_ten_minutes_makes_polls_late(watched: Watched) -> None:
    def down(call: str) -> None:
        raise PosDown("The POS is out of reach.", 30)

    watched.world.vendor.before = down
    watched.minutes(8)
    assert not watched.rings("PollAgeAlarm")
    watched.minutes(6)
    assert watched.rings("PollAgeAlarm")
    assert not watched.rings("PosTroubleAlarm"), "nobody has to do anything yet"
    watched.world.vendor.before = lambda call: None
    watched.minutes(2)
    assert not watched.rings("PollAgeAlarm")


def test_a_pos_without_access_is_trouble_until_it_is_connected_again(watched: Watched) -> None:
    watched.world.grants.kept.clear()
    watched.minutes(6)
    assert watched.rings("PosTroubleAlarm")
    assert "tillbridge pos connect lightspeed" in watched.world.state.words
    watched.world.grants.kept[KEY] = PosGrant("a newer one")
    watched.minutes(2)
    assert not watched.rings("PosTroubleAlarm")


def test_a_level_that_nobody_knows_rings_once(watched: Watched) -> None:
    watched.world.vendor.level("ghost", 4)
    watched.minutes(3)
    assert watched.rings("LevelsDroppedAlarm")
    watched.minutes(6)
    assert not watched.rings("LevelsDroppedAlarm")


@pytest.mark.parametrize(
    "alarm", ["PollAgeAlarm", "PosTroubleAlarm", "LevelsDroppedAlarm", "PosPollsDlqAlarm"]
)
def test_their_pages_say_what_to_type(alarm: str) -> None:
    assert all(line.startswith("tillbridge ") for line in to_type(alarm))
