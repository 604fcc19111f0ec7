"""A comparison of everything reads how the store writes money, and keeps the pairs that a first day goes through."""

import pytest

from tests.builders import STORE, a_connection, a_product
from tests.reconcile_world import FULL, INCREMENTAL, ReconcileWorld
from tillbridge.domain.errors import NeedsAttention, Refused, StoreDown
from tillbridge.domain.findings import Code
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.store_facts import StoreFacts

DOLLARS, FRANCS = MoneyFormat("USD", "$"), MoneyFormat("CHF", "Fr.")


def _kept(world: ReconcileWorld) -> MoneyFormat | None:
    found = world.stores.find(STORE)
    assert found is not None
    return found.money


def test_a_comparison_of_everything_keeps_how_the_store_writes_money_in_one_call() -> None:
    world = ReconcileWorld(connection=a_connection(money=DOLLARS))
    world.reader.told = StoreFacts(currency="CHF", money=FRANCS)
    run = world.reconcile(FULL)
    assert _kept(world) == FRANCS
    assert run.calls["GET /v2/store"] == 1


def test_a_comparison_of_what_changed_costs_no_such_call() -> None:
    world = ReconcileWorld()
    world.reconcile(FULL)
    assert world.reconcile(INCREMENTAL).calls["GET /v2/store"] == 0


@pytest.mark.parametrize(
    "trouble",
    [
        NeedsAttention("scope_missing", "It lacks a scope."),
        Refused(200, "its answer cannot be read"),
        StoreDown("No answer."),
    ],
)
def test_a_store_that_does_not_tell_is_compared_all_the_same(trouble: Exception) -> None:
    world = ReconcileWorld(connection=a_connection(money=DOLLARS))
    world.reader.facts_refused = trouble
    assert world.reconcile(FULL).ended
    assert _kept(world) == DOLLARS
    world.reader.facts_refused, world.reader.told = None, StoreFacts()
    world.reconcile(FULL)
    assert _kept(world) == DOLLARS


def test_every_pair_is_kept_and_of_what_only_informs_some() -> None:
    world = ReconcileWorld()
    for number in range(120):
        one = a_product(f"p-{number}", name=f"Mug {number}", sku=f"MUG-{number}")
        world.pos.save(one)
        world.web.seed(f"Mug {number}", sku=f"MUG-{number}")
    run = world.reconcile(FULL)
    kept = [each.code for each in world.findings(run)]
    assert (run.found["candidate"], kept.count(Code.CANDIDATE)) == (120, 120)
    assert kept.count(Code.ONLY_IN_POS) == 50
