"""While a shop's day runs at full speed, reconcile reports no drift that is not there."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.property.shop_day_on_stage import ShopDay
from tests.reconcile_world import DRY, INCREMENTAL
from tillbridge.domain.findings import Code
from tillbridge.domain.run import Result

SEEDS = range(100)
REPAIRING = replace(DRY, dry_run=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_at_full_speed_raises_no_alarm(seed: int) -> None:
    day = ShopDay(seed)
    day.play(REPAIRING, INCREMENTAL, DRY)
    assert [(run.drift, dict(run.found)) for run in day.runs] == [(0, {})] * 3
    day.world.clock.now = day.stage.now_ms
    day.world.web.settle()
    assert day.world.reconcile(DRY).result is Result.CLEAN


def test_one_look_alone_would_have_raised_alarms() -> None:
    def alarms(seed: int) -> int:
        day = ShopDay(seed)
        day.world.reconcile_deps = replace(day.world.reconcile_deps, patience_ms=0)
        day.play(DRY, DRY, DRY)
        return sum(run.drift for run in day.runs)

    assert any(map(alarms, range(30)))


@pytest.mark.parametrize("seed", range(10))
def test_what_somebody_edits_during_the_day_is_found_all_the_same(seed: int) -> None:
    day = ShopDay(seed, spared=1)
    day.world.online("p-1").fields["cost_price"] = Decimal(777)
    day.play(DRY)
    found = {f.product: f.code for run in day.runs for f in day.world.findings(run) if f.drift}
    assert found == {"p-1": Code.FIELD}
