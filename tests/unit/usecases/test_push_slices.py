"""A slice: how it ends, what it leaves, and why it is woken."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_product
from tests.unit.usecases.changed import arrived, changed_world
from tests.unit.usecases.meanwhile import BusyStore
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.errors import (
    LostReply,
    NeedsAttention,
    OutOfTime,
    PosDown,
    RetryLater,
    StoreThrottled,
)
from tillbridge.domain.history.call_line import slices_of
from tillbridge.domain.lag_histogram import LagPath

DEAD = NeedsAttention("token_dead", "BigCommerce no longer accepts this store's access token.")


def test_a_slice_that_ends_with_work_left_signals_the_next() -> None:
    web = BusyStore()
    world = World(web=web)
    products = lamps(30)
    world.linked(*products)
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    for _ in range(3):
        web.during("update_products", lambda: world.clock.advance(31))
    world.push()
    assert world.writes() == ["update_products"] * 2
    assert world.signals.signalled == [STORE]
    assert world.signals.wakes == []
    world.push_until_quiet()
    assert all(world.link(p).content_version == 2 for p in products)


@pytest.mark.parametrize(
    "end",
    [OutOfTime("over"), OutOfTime("over", 5.0), DEAD, PosDown("down"), StoreThrottled("wait", 300)],
    ids=["time is up", "it must wait", "no token", "no POS", "a long 429"],
)
def test_what_a_slice_put_off_is_woken_for_however_the_slice_ends(
    end: RetryLater | NeedsAttention,
) -> None:
    world = World()
    stale, other = a_product("p-1", name="One", sku="O-1"), a_product("p-2", name="Two", sku="T-1")
    world.linked(stale, other)
    world.happens("product.saved", replace(stale, version=2), replace(other, version=2))
    world.pos.read_stale(stale)
    world.web.fail_next("update_products", end)
    world.push()
    (waiting,) = [row for row in world.pending.rows if row.not_before_ms > world.clock.now_ms()]
    last = max(seconds for _, seconds in world.signals.wakes)
    assert world.clock.now_ms() + last * 1_000 >= waiting.not_before_ms


def test_rows_that_wait_for_different_times_are_each_woken_for() -> None:
    world = World()
    soon, late = a_product("p-1", name="One", sku="O-1"), a_product("p-2", name="Two", sku="T-1")
    world.linked(soon)
    world.happens("product.saved", replace(soon, version=2))
    world.pos.read_stale(soon)
    world.ask(late)
    world.web.fail_next("create", LostReply("lost"))
    started = world.clock.now_ms()
    world.push()
    due = sorted(row.not_before_ms - started for row in world.pending.rows)
    assert due == [1_000, 60_000]
    woken = sorted(seconds * 1_000 for _, seconds in world.signals.wakes)
    assert all(wake >= at for at, wake in zip(due, woken, strict=True))


def test_a_call_for_which_no_time_is_left_is_made_in_the_next_slice() -> None:
    world = changed_world()
    world.web.fail_next("update_products", OutOfTime("over"))
    world.push()
    assert world.signals.signalled == [STORE]
    world.push()
    assert arrived(world)


def test_a_slice_with_nothing_to_do_leaves_no_trace() -> None:
    world = World()
    world.push()
    assert world.web.log == []
    assert world.signals.signalled == []
    assert world.signals.wakes == []
    assert world.lines() == []


def test_what_a_slice_did_is_kept() -> None:
    world = changed_world()
    world.call_lines.lines.clear()
    world.push()
    (kept,) = slices_of(world.lines())
    assert kept.updated == 1
    assert kept.calls == {"PUT /catalog/products": 1}
    assert {path: each.count for path, each in kept.lags.items()} == {LagPath.CONTENT: 1}
