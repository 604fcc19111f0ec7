"""A long import lets other stores go between two windows, and loses no call by it."""

from dataclasses import replace
from decimal import Decimal
from math import ceil

from tests.builders import STORE
from tests.busy_world import BusyWorld
from tests.unit.usecases.busy_shop import a_shop, lamps
from tillbridge.domain.call_sizes import STOCK_A_CALL
from tillbridge.domain.connection import StoreState
from tillbridge.domain.lanes import Lane
from tillbridge.usecases.push.drain import SHARE_MS
from tillbridge.usecases.push.taking.window import WINDOW

ROWS = 2_100


def an_import(call_s: float) -> BusyWorld:
    world, _ = a_shop()
    many = lamps(ROWS, first=1_000)
    for product in many:
        world.pos.save(product)
        world.link_online(product)
    world.begin(call_s)
    world.happens("product.imported", *(replace(p, version=9, price=Decimal(5)) for p in many))
    return world


def imported(world: BusyWorld) -> int:
    """Return how many rows of the import are left."""
    return sum(row.lane is Lane.BULK for row in world.pending.rows)


def test_a_slice_of_which_only_windows_are_left_ends_after_its_share() -> None:
    world = an_import(call_s=0.1)
    windows: list[int] = []
    while world.pending.rows:
        began, before = world.clock.now_ms(), imported(world)
        world.push()
        windows.append(before - imported(world))
        if world.pending.rows:
            assert world.clock.now_ms() - began >= SHARE_MS
            assert world.signals.signalled.pop() == STORE
    assert windows == [2 * WINDOW, ROWS - 2 * WINDOW]
    assert world.counted("update_products") == ceil(ROWS / 10)
    assert world.counted("set_stock") == ceil(ROWS / STOCK_A_CALL)
    assert (world.signals.signalled, world.signals.wakes) == ([], [])


def test_a_slice_that_gives_way_is_in_no_trouble_and_leaves_nothing_unsure() -> None:
    world = an_import(call_s=0.2)
    world.push()
    assert imported(world) == ROWS - WINDOW
    assert not any(row.unsure for row in world.pending.rows)
    connection = world.stores.find(STORE)
    assert connection is not None
    assert (connection.state, connection.failures) == (StoreState.ACTIVE, 0)
    turn = world.stores.begin_slice(STORE, "next", world.clock.now_ms(), 2**50)
    assert (turn.unsure, turn.killed_ms) == (False, 0)


def test_what_a_person_asked_for_goes_before_the_slice_gives_way() -> None:
    world = an_import(call_s=0.2)
    asked = lamps(1)[0]
    world.clock.at(world.clock.now_ms() + SHARE_MS + 100, lambda: world.ask(asked))
    world.push()
    assert world.wait_ms(0, "update_products", asked) is not None
    assert world.pending.rows
