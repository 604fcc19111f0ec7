"""The model of many stores keeps the rules that the real system keeps."""

from dataclasses import replace
from itertools import pairwise

from benches.scale.cost import Cost, Costs
from benches.scale.drain import Times
from benches.scale.play import with_push
from benches.scale.shipped import shipped
from benches.scale.shop import Window, calls_for
from benches.scale.world import World
from tillbridge.domain.lanes import Lane
from tillbridge.domain.quota import RESERVE_PERCENT

TIMES = Times(0.2, 0.4, 0.1, request=0.004, bus=0.1, queue=0.03, start=0.5, fails=0.0)
COSTS = Costs(*(Cost(requests=3, writes=1, ms=5) for _ in range(5)))


def _busy(seed: int = 7, fails: float = 0.0, until: float = 4_000.0) -> World:
    """Return a world of five stores on two drains, after sales, pushes and an import."""
    deployment = with_push(shipped(), concurrency=2, memory_mb=1_769)
    world = World(deployment, COSTS, replace(TIMES, fails=fails), stores=5, seed=seed)
    world.meter.keeps_slices = True
    for second in range(300):
        shop = world.shops[second % 5]
        product = second * 7 % 40
        world.after(second, lambda s=shop, p=product: world.happens(s, "sale.completed", [p]))  # type: ignore[misc]  # mypy infers no default
        if second % 60 == 0:
            world.after(second, lambda s=shop: world.happens(s, "push.requested", [1, 2, 3]))  # type: ignore[misc]  # the same
    imported = range(1_000, 4_000)
    world.after(3, lambda: world.happens(world.shops[0], "product.imported", imported))
    world.run(until)
    return world


def test_every_mark_is_pushed_once() -> None:
    world = _busy()
    assert {lane: len(lags) for lane, lags in world.meter.lags.items() if lags} == dict(
        world.meter.marked
    )
    assert list(world.unfinished()) == []


def test_outages_lose_no_mark() -> None:
    world = _busy(fails=0.05, until=40_000.0)
    assert world.meter.outages > 10
    assert sum(map(len, world.meter.lags.values())) == world.meter.marked.total()


def test_a_store_is_drained_by_one_function_at_a_time() -> None:
    world = _busy()
    for number in range(5):
        own = sorted((begin, end) for store, begin, end in world.meter.slices if store == number)
        assert len(own) > 10
        assert all(end <= begin for (_, end), (begin, _) in pairwise(own))


def test_no_more_drains_run_than_may() -> None:
    world = _busy()
    assert max(n for n, seconds in world.meter.at_once.items() if seconds) == 2


def test_the_quota_is_never_exceeded_and_imports_leave_the_reserve() -> None:
    world = _busy()
    busiest = world.shops[0].window
    assert world.meter.refused == 0
    assert busiest.most <= 150
    # A new slice knows the quota only from its first answers, and other apps go on meanwhile.
    assert 110 < busiest.most_patient <= 150 * (100 - RESERVE_PERCENT / 2) / 100


def test_the_same_seed_gives_the_same_figures_and_another_does_not() -> None:
    once, again, other = _busy(), _busy(), _busy(seed=8)
    assert once.meter.lags == again.meter.lags
    assert once.meter.slices == again.meter.slices
    assert once.meter.lags != other.meter.lags


def test_a_window_answers_150_calls_and_refuses_the_next() -> None:
    window = Window(others=0.0)
    assert all(window.call(1.0, urgent=True) for _ in range(150))
    assert not window.call(29.0, urgent=True)
    assert window.call(30.0, urgent=True)


def test_calls_are_those_of_the_planner() -> None:
    assert calls_for(1) == (1,)
    assert calls_for(25) == (10, 10, 5)


def test_a_larger_function_makes_a_sale_faster() -> None:
    lags = []
    for memory_mb in (256, 1_769):
        deployment = with_push(shipped(), memory_mb=memory_mb)
        world = World(deployment, COSTS, replace(TIMES, spread=0.0), stores=1)
        world.happens(world.shops[0], "sale.completed", [1])
        world.run(60)
        lags += world.meter.lags[Lane.STOCK]
    assert lags[1] < lags[0]
