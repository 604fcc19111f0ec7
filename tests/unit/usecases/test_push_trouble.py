"""Outages are states with a time: work is kept, calls are few, recovery needs nobody."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import STORE, a_connection, a_product, some_stock
from tests.unit.usecases.meanwhile import BusyStore, later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import (
    LostReply,
    NeedsAttention,
    OutOfTime,
    PosDown,
    RetryLater,
    StoreDown,
    StoreThrottled,
)
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import LinkStatus

DEAD = NeedsAttention("token_dead", "BigCommerce no longer accepts this store's access token.")


def _changed_world() -> World:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, price=Decimal(2)))
    return world


def _arrived(world: World) -> bool:
    return world.link(a_product()).content_version == 2 and not world.pending.rows


def test_a_429_is_waited_out_within_the_slice() -> None:
    world = _changed_world()
    world.web.fail_next("update_products", StoreThrottled("wait", 7.5))
    world.push()
    assert _arrived(world)
    assert 7.5 in world.clock.slept


def test_a_429_longer_than_the_slice_wakes_the_store_no_sooner_than_it_may() -> None:
    world = _changed_world()
    world.web.fail_next("update_products", StoreThrottled("wait", 300.0))
    world.push()
    assert not _arrived(world)
    ((_, seconds),) = world.signals.wakes
    assert seconds >= 300
    assert world.signals.signalled == []
    world.clock.advance(seconds)
    world.push()
    assert _arrived(world)


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
    world = _changed_world()
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
    assert _arrived(world)
    healthy = world.stores.find(STORE)
    assert healthy is not None
    assert (healthy.failures, healthy.not_before_ms) == (0, 0)


def test_while_it_waits_a_signal_costs_no_call() -> None:
    world = _changed_world()
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
    world = _changed_world()
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
    world = _changed_world()
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
    assert _arrived(world)
    store = world.stores.find(STORE)
    assert store is not None
    assert store.state is StoreState.ACTIVE
    assert store.attention_code == ""


def test_a_pos_that_is_down_keeps_all_work_and_says_so_nowhere_on_a_product() -> None:
    world = _changed_world()
    world.pos.fail_next(PosDown("The POS is out of reach.", 4.0))
    world.push()
    assert world.writes() == []
    assert len(world.pending.rows) == 1
    assert world.link(a_product()).problem is None
    ((_, seconds),) = world.signals.wakes
    assert seconds >= 4
    world.clock.advance(seconds)
    world.push()
    assert _arrived(world)


def test_a_catalogue_that_is_down_for_hours_while_the_store_answers_needs_nobody() -> None:
    world = World()
    products = lamps(3)
    world.linked(*products)
    world.happens("product.saved", *lamps(3, version=2, price=Decimal(2)))
    for _ in range(240):
        for _ in products:
            world.web.fail_next("update_products", StoreDown("500"))
        world.push()
        world.clock.advance(30)
    calls = world.writes().count("update_products")
    assert calls <= 3 * (11 + 2 * 3600 // 900)
    assert [world.link(p).status for p in products] == [LinkStatus.FAILED] * 3
    world.web.script.stop_failing("update_products")
    later(world)
    assert [world.link(p).content_version for p in products] == [2, 2, 2]
    assert [world.link(p).status for p in products] == [LinkStatus.LINKED] * 3


def test_a_catalogue_that_is_down_is_asked_few_questions_however_much_waits() -> None:
    world = World()
    products = lamps(200)
    world.linked(*products)
    world.happens("product.saved", *lamps(200, version=2, price=Decimal(2)))
    for _ in range(2_000):
        world.web.fail_next("update_products", StoreDown("500"))
    for _ in range(120):  # an hour
        world.push()
        world.clock.advance(30)
    assert world.writes().count("update_products") <= 5 * (10 + 3600 // 900)
    world.web.script.stop_failing("update_products")
    later(world)
    assert {world.link(p).content_version for p in products} == {2}


def test_while_only_the_catalogue_is_down_stock_goes_on_and_few_calls_are_spent() -> None:
    world = World()
    products = lamps(100)
    world.linked(*products)
    world.happens("product.saved", *lamps(100, version=2, price=Decimal(2)))
    for _ in range(2_000):
        world.web.fail_next("update_products", StoreDown("500"))
    levels = []
    for minute in range(20):
        left = 100 - minute
        sold = replace(products[0], version=3 + minute, stock=(some_stock(left),))
        world.happens("sale.completed", sold)
        world.push()
        levels.append(world.link(sold).level == left)
        world.clock.advance(60)
    assert all(levels)
    assert world.writes().count("update_products") <= 20 * 5


def test_creates_that_are_not_answered_are_tried_five_at_a_time() -> None:
    world = World()
    products = lamps(20)
    world.ask(*products)
    for _ in range(5):
        world.web.fail_next("create", LostReply("500"))
    world.push()
    assert world.writes().count("create") == 5
    later(world, seconds=61)
    assert all(world.link(p).status is LinkStatus.LINKED for p in products)


def test_an_id_the_pos_finds_invalid_is_told_and_holds_up_no_other() -> None:
    world = World()
    products = lamps(30)
    odd = PosProductId("not an id")
    world.pos.finds_invalid.add(odd)
    world.ask(*products[:15], a_product(odd), *products[15:])
    world.push_until_quiet()
    assert all(world.link(p).status is LinkStatus.LINKED for p in products)
    problem = world.link(odd).problem
    assert problem is not None
    assert problem.code == "not_in_pos"
    connection = world.stores.find(STORE)
    assert connection is not None
    assert connection.failures == 0


def test_an_id_the_pos_finds_invalid_and_nobody_asked_for_leaves_nothing_behind() -> None:
    world = World()
    odd = PosProductId("not an id")
    world.pos.finds_invalid.add(odd)
    world.happens("product.saved", a_product(odd))
    world.push_until_quiet()
    assert not world.pending.rows
    assert world.links.get(STORE, [odd]) == {}


def test_an_id_the_pos_refuses_for_a_while_is_pushed_afterwards_and_never_hidden() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2))
    world.pos.finds_invalid.add(a_product().id)
    for _ in range(3):
        world.push()
        world.clock.advance(10)
    assert world.writes() == []
    world.pos.finds_invalid.clear()
    later(world)
    assert world.link(a_product()).content_version == 2


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
    world = _changed_world()
    world.web.fail_next("update_products", OutOfTime("over"))
    world.push()
    assert world.signals.signalled == [STORE]
    world.push()
    assert _arrived(world)


def test_a_slice_with_nothing_to_do_leaves_no_trace() -> None:
    world = World()
    world.push()
    assert world.web.log == []
    assert world.signals.signalled == []
    assert world.signals.wakes == []
    assert world.stores.slices(STORE, 0) == []


def test_what_a_slice_did_is_kept() -> None:
    world = _changed_world()
    world.push()
    kept = world.stores.slices(STORE, 0)[-1]
    assert kept.updated == 1
    assert kept.calls == {"PUT /catalog/products": 1}
    assert len(kept.lags_ms) == 1


def test_an_error_nobody_foresaw_leaves_the_work_where_it_was() -> None:
    world = _changed_world()

    def bug(_: object) -> None:
        raise ZeroDivisionError

    world.web.update_products = bug  # type: ignore[method-assign,assignment]
    with pytest.raises(ZeroDivisionError):
        world.push()
    assert len(world.pending.rows) == 1
