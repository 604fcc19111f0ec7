"""A run of reconcile as JSON, which scripts read."""

from cli.screen.run_report import run_json
from tillbridge.domain.run import Run, Stage
from tillbridge.domain.versions import version_of


def test_the_poss_versions_are_its_own_numbers_whatever_the_epoch() -> None:
    run = Run("r", 1, stage=Stage.POS, after=version_of(2, 22))
    run.pos_from, run.pos_version = version_of(1, 20), version_of(2, 21)
    told = run_json(run)
    assert (told["pos_from"], told["pos_version"], told["after"]) == (20, 21, 22)


def test_the_place_in_another_stage_stays_as_it_is() -> None:
    assert run_json(Run("r", 1, stage=Stage.WEB, after=812))["after"] == 812
