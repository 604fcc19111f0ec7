"""Incremental runs: what changed on either side since the last run, and what costs nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import LANTERN, STORE, a_jumper, a_product
from tests.reconcile_world import DRY, FULL, INCREMENTAL, ReconcileWorld
from tillbridge.domain.errors import PosDown
from tillbridge.domain.findings import Code
from tillbridge.domain.run import Request, Result, Stage
from tillbridge.ports.pos_feed import PosPage
from tillbridge.usecases.reconcile.reconcile_store import reconcile_store

HOUR_MS = 3_600_000


def an_hour_later(world: ReconcileWorld) -> None:
    """Let an hour pass in which nothing changes online."""
    for number in world.web.records.products:
        world.reader.modified[number] = world.reader.server_ms - HOUR_MS
    world.reader.server_ms += HOUR_MS
    world.clock.advance(HOUR_MS / 1_000)
    world.runs.writes.clear()


def a_reconciled_world() -> ReconcileWorld:
    world = ReconcileWorld()
    world.linked(a_product(), a_jumper())
    world.reconcile(FULL)
    an_hour_later(world)
    return world


def test_nothing_changed_costs_two_calls_and_writes_cursor_and_run_only() -> None:
    world = a_reconciled_world()
    before = (world.links._links.copy(), world.pending.rows, world.read_model._rows.copy())
    run = world.reconcile(INCREMENTAL)
    assert (run.result, run.full, run.calls.total()) == (Result.CLEAN, False, 2)
    assert set(world.runs.writes) == {"run", "cursors"}
    assert before == (world.links._links, world.pending.rows, world.read_model._rows)


def test_the_first_run_of_a_store_is_full_whatever_was_asked() -> None:
    world = ReconcileWorld()
    world.linked(a_product())
    assert world.reconcile(INCREMENTAL).full


def test_what_was_edited_online_since_the_last_run_is_found() -> None:
    world = a_reconciled_world()
    online = world.online(LANTERN)
    online.fields["price"] = Decimal(20)
    world.reader.modified[online.id] = world.reader.server_ms - 1
    run = world.reconcile(INCREMENTAL)
    assert world.drift(run) == {LANTERN: Code.FIELD}
    assert run.compared == 1


def test_a_change_in_the_pos_whose_event_was_lost_is_found_through_the_feed() -> None:
    world = a_reconciled_world()
    world.pos.save(a_product(version=7, price=Decimal(50)))
    run = world.reconcile(INCREMENTAL)
    assert world.drift(run) == {LANTERN: Code.MISSED}
    assert (run.web_pages, run.pos_pages) == (1, 1)


def test_a_feed_that_always_says_more_and_stands_still_ends_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = a_reconciled_world()
    world.pos.save(a_product(version=7, price=Decimal(50)))
    page_after = world.feed.changes

    def stands_still(since: int) -> PosPage:
        assert len(world.feed.asked) < 10, "it is read for ever"
        return replace(page_after(since), more=True)

    monkeypatch.setattr(world.feed, "changes", stands_still)
    assert world.drift(world.reconcile(INCREMENTAL)) == {LANTERN: Code.MISSED}


def test_versions_that_may_yet_be_overtaken_are_read_again() -> None:
    world = a_reconciled_world()
    assert world.runs.cursors(STORE).pos_version == 1
    world.pos.save(a_product("p-new", name="New", sku="NEW", version=20))
    world.pos.save(a_product("p-newer", name="Newer", sku="NEWER", version=30))
    world.feed.unsettled_from = 25
    world.reconcile(INCREMENTAL)
    assert world.runs.cursors(STORE).pos_version == 20
    world.feed.asked.clear()
    an_hour_later(world)
    world.reconcile(INCREMENTAL)
    assert world.feed.asked[0] == 20


def test_a_dry_run_leaves_what_it_saw_for_the_next() -> None:
    world = a_reconciled_world()
    world.pos.save(a_product(version=7, price=Decimal(50)))
    world.reconcile(replace(INCREMENTAL, dry_run=True))
    assert world.drift(world.reconcile(INCREMENTAL)) == {LANTERN: Code.MISSED}


def test_two_runs_of_a_store_never_go_on_at_once() -> None:
    world = ReconcileWorld(page_size=1)
    world.linked(a_product(), a_jumper())
    world.reconcile_deps = replace(world.reconcile_deps, slice_ms=6_000)
    first = reconcile_store(STORE, FULL, world.reconcile_deps)
    assert first is not None
    assert first.stage is not Stage.ENDED
    asked = Request(full=True, dry_run=True, by="anna")
    world.reconcile_deps = replace(world.reconcile_deps, slice_ms=540_000)
    world.queue.sent.clear()
    same = reconcile_store(STORE, asked, world.reconcile_deps)
    assert same is not None
    assert (same.id, same.ended) == (first.id, True)
    assert world.queue.sent == [(STORE, asked)]


def test_what_a_person_asks_during_an_outage_waits_for_its_end_without_going_round() -> None:
    world = ReconcileWorld()
    world.linked(a_product())
    world.pos.fail_next(PosDown("The POS is down."), times=3)
    world.reconcile(FULL)
    asked = Request(dry_run=True, by="anna")
    for _ in range(2):  # the second time because SQS delivers it twice
        reconcile_store(STORE, asked, world.reconcile_deps)
    assert world.queue.sent == []
    run = reconcile_store(STORE, INCREMENTAL, world.reconcile_deps)
    assert run is not None
    assert run.result is Result.CLEAN
    assert world.queue.sent == [(STORE, asked)]


def test_an_outage_ends_the_slice_and_the_next_message_goes_on() -> None:
    world = ReconcileWorld()
    world.linked(a_product())
    world.pos.fail_next(PosDown("The POS is down."))
    run = world.reconcile(DRY)
    assert not run.ended
    assert "The POS is down." in run.note
    run = world.reconcile(INCREMENTAL)
    assert (run.result, run.dry_run, run.compared) == (Result.CLEAN, True, 1)


def test_after_a_restored_backup_the_next_runs_begin_where_the_pos_is_now() -> None:
    world = ReconcileWorld()
    world.linked(a_product(version=3), a_jumper(version=900))
    world.reconcile(FULL)
    an_hour_later(world)
    world.pos.save(a_jumper(version=7))  # the backup: what came after it is gone
    world.reconcile(FULL)
    an_hour_later(world)
    world.pos.save(a_product(version=8, price=Decimal(50)))  # and no event announced it
    assert world.drift(world.reconcile(INCREMENTAL))[LANTERN] is Code.MISSED
