"""A bug in comparing or repairing one product is a finding on it; the others are compared and repaired
in the same run."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import JUMPER, LANTERN, a_jumper, a_product
from tests.faults import Faults, Planted
from tests.reconcile_world import FULL, INCREMENTAL, ReconcileWorld
from tillbridge.domain.findings import Code
from tillbridge.usecases.reconcile import repair, suspects, walk_pos, walk_web

STEPS = [(walk_web, "verdict"), (walk_web, "forget_trials"), (suspects, "finding_of")]


def a_world() -> ReconcileWorld:
    world = ReconcileWorld()
    world.linked(a_product(), a_jumper())
    return world


def fails_for(product: str, real: Callable[..., Any]) -> Callable[..., Any]:
    """Return `real` with a bug that shows with one product."""

    def fails(*given: Any, **more: Any) -> Any:
        ids = {getattr(each, "product", None) or getattr(each, "id", None) for each in given}
        if product in ids:
            raise Planted(real.__name__)
        return real(*given, **more)

    return fails


@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _, step in STEPS])
def test_a_bug_in_comparing_one_product_hides_no_drift_of_another(
    module: Any, step: str, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = a_world()
    monkeypatch.setattr(module, step, fails_for(LANTERN, getattr(module, step)))
    if step != "forget_trials":  # asked of what is as it should be
        world.online(LANTERN).fields["description"] = "Other words"
    world.online(JUMPER).fields["description"] = "Other words"
    run = world.reconcile()
    assert world.drift(run) == {LANTERN: Code.NOT_COMPARED, JUMPER: Code.FIELD}
    assert (run.drift, faults.products) == (2, {LANTERN})
    assert "fault" in Code.NOT_COMPARED.words


def test_a_bug_in_one_record_of_the_feed_ends_no_run(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = a_world()
    world.reconcile(FULL)
    monkeypatch.setattr(walk_pos, "_seems_missed", fails_for(LANTERN, walk_pos._seems_missed))
    for product in (a_product(version=5), a_jumper(version=6, description="New")):
        world.pos.save(product)
    run = world.reconcile(INCREMENTAL)
    assert world.drift(run) == {LANTERN: Code.NOT_COMPARED, JUMPER: Code.MISSED}
    assert faults.products == {LANTERN}


def test_a_bug_in_repairing_one_product_holds_back_no_other(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = a_world()
    for product in (LANTERN, JUMPER):
        world.online(product).fields["description"] = "Other words"
    monkeypatch.setattr(repair, "_forget", fails_for(LANTERN, repair._forget))
    run = world.approve(world.reconcile())
    assert (run.repaired, run.left_alone) == (1, 1)
    assert world.online(JUMPER).fields["description"] == a_jumper().description
    assert world.online(LANTERN).fields["description"] == "Other words"
    assert faults.products == {LANTERN}
