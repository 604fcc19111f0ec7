"""Outages are states with a time: work is kept, calls are few, and recovery needs nobody."""

from dataclasses import replace

import pytest

from tests.builders import STORE, a_connection, a_product
from tests.unit.usecases.changed import arrived, changed_world
from tests.unit.usecases.meanwhile import later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import (
    NeedsAttention,
    StoreDown,
    StoreThrottled,
)
from tillbridge.domain.link import LinkStatus

DEAD = NeedsAttention("token_dead", "BigCommerce no longer accepts this store's access token.")


def test_a_429_is_waited_out_within_the_slice() -> None:
    world = changed_world()
    world.web.fail_next("update_products", StoreThrottled("wait", 7.5))
    world.push()
    assert arrived(world)
    assert 7.5 in world.clock.slept


def test_a_429_longer_than_the_slice_wakes_the_store_no_sooner_than_it_may() -> None:
    world = changed_world()
    world.web.fail_next("update_products", StoreThrottled("wait", 300.0))
    world.push()
    assert not arrived(world)
    ((_, seconds),) = world.signals.wakes
    assert seconds >= 300
    assert world.signals.signalled == []
    world.clock.advance(seconds)
    world.push()
    assert arrived(world)


def test_a_create_that_got_a_429_is_made_once() -> None:
    world = World()
    world.ask(a_product())
    world.web.fail_next("create", StoreThrottled("wait", 300.0))
    later(world)
    assert len(world.web.records.products) == 1
    assert world.link(a_product()).status is LinkStatus.LINKED


def test_a_5xx_of_one_product_does_not_stop_the_store() -> None:
    world = World()
    products = lamps(12)
    world.linked(*products)
    world.web.fail_next("update_products", StoreDown("502"))
    world.happens("product.saved", *(replace(p, version=2) for p in products))
    world.push()
    assert [world.link(p).content_version for p in products].count(2) == 2
    assert world.stores.find(STORE) == world.connection
    later(world)
    assert all(world.link(p).content_version == 2 for p in products)


def test_a_store_that_is_down_altogether_is_left_alone_for_ever_longer() -> None:
    world = changed_world()
    waits = []
    for _ in range(12):
        world.web.fail_next("update_products", StoreDown("502"))
        world.web.fail_next("ping", StoreDown("502"))
        calls = len(world.web.log)
        world.push()
        assert len(world.web.log) - calls <= 2
        waits.append(world.signals.wakes[-1][1])
        world.clock.advance(waits[-1])
    assert waits == sorted(waits)
    assert waits[0] <= 5
    assert waits[-1] == 900
    world.web.script._failures.clear()
    world.push()
    assert arrived(world)
    healthy = world.stores.find(STORE)
    assert healthy is not None
    assert (healthy.failures, healthy.not_before_ms) == (0, 0)


def test_while_it_waits_a_signal_costs_no_call() -> None:
    world = changed_world()
    world.web.fail_next("update_products", DEAD)
    world.push()
    calls = len(world.web.log)
    for _ in range(100):
        world.push()
    assert len(world.web.log) == calls


@pytest.mark.parametrize(
    "refusal",
    [
        DEAD,
        NeedsAttention("scope_missing", "The API account lacks the scope store_v2_products."),
        NeedsAttention("suspended", "BigCommerce has suspended this store."),
    ],
    ids=lambda refusal: refusal.code,
)
def test_a_store_that_needs_attention_says_why_and_keeps_its_work(
    refusal: NeedsAttention,
) -> None:
    world = changed_world()
    world.web.fail_next("update_products", refusal)
    world.push()
    store = world.stores.find(STORE)
    assert store is not None
    assert store.state is StoreState.NEEDS_ATTENTION
    assert store.attention_code == refusal.code
    assert store.attention_words == str(refusal)
    assert len(world.pending.rows) == 1
    assert world.link(a_product()).status is LinkStatus.LINKED


def test_a_day_without_a_token_costs_one_ping_a_wake_and_ends_by_itself() -> None:
    world = changed_world()
    world.web.fail_next("update_products", DEAD)
    world.push()
    world.web.log.clear()
    wakes = 0
    started = world.clock.now_ms()
    while world.clock.now_ms() - started < 24 * 3_600_000:
        world.clock.advance(world.signals.wakes[-1][1])
        world.web.fail_next("ping", DEAD)
        world.push()
        wakes += 1
    assert [called.method for called in world.web.log] == ["ping"] * wakes
    assert wakes < 24 * 4 + 12
    world.clock.advance(world.signals.wakes[-1][1])
    world.push()
    assert arrived(world)
    store = world.stores.find(STORE)
    assert store is not None
    assert store.state is StoreState.ACTIVE
    assert store.attention_code == ""


def test_a_paused_store_keeps_its_work_and_is_not_called() -> None:
    world = World(connection=a_connection(state=StoreState.PAUSED))
    world.ask(a_product())
    world.push()
    assert world.web.log == []
    assert len(world.pending.rows) == 1


def test_a_store_that_is_not_connected_is_no_error() -> None:
    world = World()
    world.stores.remove(STORE)
    assert not world.push().did_something
