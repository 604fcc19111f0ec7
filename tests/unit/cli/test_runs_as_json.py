"""A run of reconcile as JSON, which scripts read."""

from cli.screen.run_report import run_json
from tillbridge.domain.run import Run, Stage
from tillbridge.domain.versions import version_of


def test_the_poss_versions_are_its_own_numbers_whatever_the_epoch() -> None:
    run = Run("r", 1, stage=Stage.POS, pos_from=version_of(1, 20), pos_version=version_of(2, 21))
    told = run_json(run)
    assert (told["pos_from"], told["pos_version"]) == (20, 21)


def test_a_run_that_goes_on_has_no_end() -> None:
    told = run_json(Run("r", 1_795_262_400_000))
    assert (told["started_at"], told["ended_at"]) == ("2026-11-21T12:00:00.000Z", None)
