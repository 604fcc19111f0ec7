"""The nightly run learns the safety stock, and push sends what moved."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import LANTERN, STORE, a_jumper, a_product, some_stock
from tests.reconcile_world import DRY, FULL, ReconcileWorld
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.history.product_line import (
    Because,
    Did,
    EventSeen,
    HolderLevel,
    ProductLine,
)
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.pending import Change
from tillbridge.domain.run import Request
from tillbridge.domain.safety_stock import LearnedSafety

DAY_S = 24 * 3_600
LAMP = PosProductId(LANTERN)


def a_shop(most: int = 3, *, sold: int = 2_000) -> ReconcileWorld:
    """Return a shop that has 50 lanterns, learns its safety stock, and sold so many in 28 days."""
    world = ReconcileWorld()
    world.linked(a_product(stock=(some_stock(50),)), a_jumper())
    world.push_until_quiet()
    settings = Settings(learned_safety=LearnedSafety(most))
    world.stores.save_connection(replace(world.connection, settings=settings))
    now = world.clock.now_ms()
    world.history.write(STORE, (line(now, 50 + sold - each) for each in (0, sold)))
    return world


def line(now_ms: int, on_hand: int) -> ProductLine:
    seen = EventSeen("e", "sale.completed", now_ms - 300_000, now_ms, 1)
    level = HolderLevel(None, Decimal(on_hand), Decimal(0), 0, on_hand)
    return ProductLine(now_ms, LAMP, Did.STOCK, because=Because(seen, seen), holders=(level,))


def level(world: ReconcileWorld) -> object:
    world.push_until_quiet()
    return world.link(LANTERN).level


def test_each_night_keeps_one_unit_more_until_it_is_what_sales_call_for() -> None:
    world = a_shop()
    seen = []
    for _ in range(4):
        world.clock.advance(DAY_S)
        world.reconcile(FULL)
        seen.append(level(world))
    assert seen == [49, 48, 47, 47]
    assert world.reconcile(FULL).drift == 0


def test_a_second_run_of_a_night_moves_nothing() -> None:
    world = a_shop()
    world.reconcile(FULL)
    assert level(world) == 49
    world.reconcile(FULL)
    assert level(world) == 49


def test_only_a_full_run_that_is_no_rehearsal_learns() -> None:
    world = a_shop(most=1)
    world.reconcile(DRY)
    assert level(world) == 50
    world.reconcile(FULL)
    world.stores.keep_safety(STORE, LearnedSafety())
    world.clock.advance(DAY_S)
    world.reconcile(Request())
    found = world.stores.find(STORE)
    assert found is not None
    assert found.settings.learned_safety == LearnedSafety(1)


def test_what_nothing_sells_of_is_not_kept() -> None:
    world = a_shop(sold=0)
    world.reconcile(FULL)
    assert level(world) == 50


def test_a_store_that_sets_a_number_reads_no_history(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_shop()
    world.stores.save_connection(replace(world.connection, settings=Settings(safety_stock=1)))
    monkeypatch.setattr(world.history, "of", None)
    world.reconcile(FULL)


def test_a_run_that_stops_before_its_marks_sends_what_moved_when_it_comes_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = a_shop()
    real, tries = world.pending.mark, list[object]()

    def busy_once(changes: Sequence[Change]) -> object:
        tries.append(changes)
        if len(tries) == 1:
            raise RetryLater("The tables are busy.")
        return real(changes)

    monkeypatch.setattr(world.pending, "mark", busy_once)
    world.reconcile(FULL)
    world.reconcile(FULL)
    assert len(tries) > 1
    assert level(world) == 49


def test_the_bound_is_the_setting() -> None:
    world = a_shop(most=1)
    for _ in range(2):
        world.clock.advance(DAY_S)
        world.reconcile(FULL)
    assert level(world) == 49
