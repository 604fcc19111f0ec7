"""A repair that would change suspiciously much stops before its first row."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import a_product
from tests.reconcile_world import ReconcileWorld
from tillbridge.domain.connection import Settings
from tillbridge.domain.run import Result
from tillbridge.usecases.reconcile.repair import REPAIRS


def a_repairing_world(products: int) -> ReconcileWorld:
    world = ReconcileWorld()
    settings = Settings(reconcile_mode=REPAIRS)
    world.stores.save_connection(replace(world.connection, settings=settings))
    world.linked(*(a_product(f"p-{n}", name=f"N{n}", sku=f"S{n}") for n in range(products)))
    return world


def test_many_changes_at_once_wait_for_a_person() -> None:
    world = a_repairing_world(20)
    for number in range(5):
        world.online(f"p-{number}").fields["description"] = "Edited"
    run = world.reconcile()
    assert (run.result, run.repaired, world.pending.rows) == (Result.WAITING, 0, [])
    assert "5 of 20 linked products would be changed" in run.note
    assert f"--approve {run.id}" in run.note
    assert world.approve(run).repaired == 5
    assert world.reconcile().result is Result.CLEAN


def test_few_changes_are_repaired_at_once() -> None:
    world = a_repairing_world(20)
    world.online("p-1").fields["description"] = "Edited"
    assert world.reconcile().result is Result.REPAIRED


def test_a_price_that_would_fall_by_more_than_half_waits_for_a_person() -> None:
    world = a_repairing_world(20)
    world.online("p-1").fields["price"] = Decimal(100)
    run = world.reconcile()
    assert run.result is Result.WAITING
    assert "a price would fall by 61 %" in run.note


def test_a_run_is_approved_once() -> None:
    world = a_repairing_world(20)
    world.online("p-1").fields["price"] = Decimal(100)
    run = world.reconcile()
    world.approve(run)
    world.online("p-1").fields["price"] = Decimal(100)
    assert world.reconcile().result is Result.WAITING
