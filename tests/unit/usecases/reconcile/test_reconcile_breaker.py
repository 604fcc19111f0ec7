"""A repair that would change suspiciously much stops before its first row."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, a_product
from tests.reconcile_world import DRY, ReconcileWorld
from tillbridge.domain.connection import Pause, Settings
from tillbridge.domain.findings import Code
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.run import Request, Result, Run
from tillbridge.ports.pos_feed import PosPage
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store
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


def test_a_dry_run_says_that_a_repair_would_wait() -> None:
    world = a_repairing_world(20)
    world.online("p-1").fields["price"] = Decimal(100)
    run = world.reconcile(DRY)
    assert run.result is Result.REPORTED
    assert run.note == "A repair would wait for a person: a price would fall by 61 %."
    world.online("p-1").fields["price"] = Decimal(40)
    assert world.reconcile(DRY).note == ""


def test_a_run_is_approved_once() -> None:
    world = a_repairing_world(20)
    world.online("p-1").fields["price"] = Decimal(100)
    run = world.reconcile()
    world.approve(run)
    world.online("p-1").fields["price"] = Decimal(100)
    assert world.reconcile().result is Result.WAITING


def test_a_store_that_shows_none_of_our_products_is_believed_only_by_a_person() -> None:
    world = a_repairing_world(20)
    for number in range(20):
        gone = world.link(f"p-{number}").id
        assert gone is not None
        world.web.remove(gone)
    run = world.reconcile()
    assert run.result is Result.WAITING
    assert "20 of 20 linked products would be marked broken" in run.note
    assert world.link("p-3").status is LinkStatus.LINKED
    assert world.approve(run).repaired == 20
    assert world.link("p-3").status is LinkStatus.BROKEN


def test_a_product_that_shows_again_before_its_link_is_marked_stays_linked() -> None:
    world = a_repairing_world(20)
    gone = world.link("p-3").id
    assert gone is not None
    hidden = world.web.records.products.pop(gone)
    pos = world.feed.changes

    def later(since: int) -> PosPage:
        world.web.records.products[gone] = hidden  # the list lagged
        return pos(since)

    world.feed.changes = later  # type: ignore[method-assign]
    run = world.reconcile()
    assert (run.found, run.repaired) == ({Code.GONE_ONLINE.value: 1}, 0)
    assert world.link("p-3").status is LinkStatus.LINKED


def test_an_approval_is_carried_out_however_often_it_is_killed() -> None:
    class Killed(BaseException):
        """The process died here."""

    for saves in range(1, 4):
        world = a_repairing_world(20)
        world.online("p-1").fields["price"] = Decimal(100)
        found = world.reconcile()
        request, save, left = Request(approve=found.id, by="anna"), world.runs.save, [saves]

        def deadly(store: StoreId, run: Run, save: Any = save, left: list[int] = left) -> None:
            save(store, run)
            left[0] -= 1
            if left[0] == 0:
                raise Killed

        world.runs.save = deadly  # type: ignore[method-assign]
        with pytest.raises(Killed):
            reconcile_store(STORE, request, world.reconcile_deps)
        reconcile_store(STORE, request, world.reconcile_deps)
        world.push_until_quiet()
        assert world.online("p-1").fields["price"] == Decimal("39.90"), saves
        assert world.queue.sent == []
        known = world.runs.find(STORE, found.id)
        assert known is not None
        assert known.result is Result.APPROVED, saves


def test_a_paused_store_is_compared_and_its_drift_is_repaired_after_it_is_resumed() -> None:
    world = a_repairing_world(20)
    world.reconcile()
    before = world.runs.cursors(STORE)
    world.stores.pause(STORE, Pause("Mia", "we tidy the catalogue"))
    world.online("p-1").fields["description"] = "Tidied"
    run = world.reconcile(Request())
    assert (run.result, run.drift, world.pending.rows) == (Result.REPORTED, 1, [])
    assert "the store is paused" in run.note
    assert world.runs.cursors(STORE) == before, "the next run sees it again"
    world.stores.resume(STORE)
    assert world.reconcile().result is Result.REPAIRED


def test_a_repair_that_is_approved_while_the_store_is_paused_waits_with_the_rest() -> None:
    world = a_repairing_world(20)
    world.online("p-1").fields["description"] = "Edited"
    world.stores.pause(STORE, Pause("Mia"))
    run = world.reconcile()
    again = world.reconcile(Request(approve=run.id, by="Mia"))
    assert (again.result, again.repaired) == (Result.REPAIRED, 1)
    assert [row.product for row in world.pending.rows] == ["p-1"]
    assert world.online("p-1").fields["description"] == "Edited"
