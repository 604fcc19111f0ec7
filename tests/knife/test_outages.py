"""Outages of a day: rows wait, calls are bounded and counted, and recovery needs nobody."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import STORE, some_stock
from tests.fakes.store_api import FakeStoreApi
from tests.knife.stories import some
from tests.world import World
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import (
    NeedsAttention,
    PosDown,
    StoreDown,
    StoreThrottled,
    TillbridgeError,
)
from tillbridge.domain.ids import StoreProductId

DAY_S = 86_400
SWEEP_S = 300


class Troubled(FakeStoreApi):
    """A store that refuses every call while there is trouble, and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble: TillbridgeError | None = None
        self.refused = 0

    def _do[T](
        self,
        method: str,
        template: str,
        touches: Iterable[StoreProductId],
        sent: Any,
        work: Callable[[], T],
    ) -> T:
        if self.trouble is not None:
            self.refused += 1
            self.record.throttled += isinstance(self.trouble, StoreThrottled)
            raise self.trouble
        return super()._do(method, template, touches, sent, work)


def _waiting_world(web: FakeStoreApi | None = None) -> World:
    world = World(web=web or FakeStoreApi())
    products = some(12)
    world.linked(*products)
    world.happens(
        "sale.completed",
        *[replace(p, version=2, price=Decimal(7), stock=(some_stock(1),)) for p in products],
    )
    return world


def _lasts(world: World, seconds: int, trouble: Callable[[], None] = lambda: None) -> int:
    """Let time pass: drain when the store asked to be woken, and with every sweep. Return the
    calls."""
    ends = world.clock.now + seconds * 1_000
    wakes: list[int] = []
    drains = 0
    sweeps = world.clock.now
    while world.clock.now < ends:
        trouble()
        seen = len(world.signals.wakes)
        world.push()
        drains += 1
        wakes += [world.clock.now + int(s * 1_000) for _, s in world.signals.wakes[seen:]]
        due = [at for at in wakes if at > world.clock.now]
        while sweeps <= world.clock.now:
            sweeps += SWEEP_S * 1_000
        world.clock.now = min([sweeps, *due])
    return drains


BIGCOMMERCE = [
    ("401", NeedsAttention("token_refused", "BigCommerce refuses the token.")),
    ("suspended", NeedsAttention("suspended", "The store is suspended.")),
    ("down", StoreDown("BigCommerce cannot be reached.")),
    ("429 with headers", StoreThrottled("429", 30)),
    ("429 without", StoreThrottled("429", 60)),
]


@pytest.mark.parametrize(("what", "error"), BIGCOMMERCE, ids=[what for what, _ in BIGCOMMERCE])
def test_a_day_of_trouble_costs_few_calls_and_ends_by_itself(
    what: str, error: TillbridgeError
) -> None:
    web = Troubled()
    world = _waiting_world(web)
    web.trouble = error
    _lasts(world, DAY_S)
    assert web.refused <= 24 * 4 * 2 + 60, "no more than two calls a quarter of an hour"
    assert len(world.pending.rows) == 24, "nothing was given up"
    connection = world.stores.find(STORE)
    assert connection is not None
    needs = isinstance(error, NeedsAttention)
    assert (connection.state is StoreState.NEEDS_ATTENTION) == needs
    assert connection.attention_words
    web.trouble = None
    _lasts(world, 3_600)
    assert world.pending.rows == []
    assert all(world.link(p).content_version == 2 for p in some(12))
    healthy = world.stores.find(STORE)
    assert healthy is not None
    assert (healthy.state, healthy.attention_words) == (StoreState.ACTIVE, "")


def test_a_day_without_the_pos_asks_bigcommerce_for_next_to_nothing() -> None:
    world = _waiting_world()
    _lasts(world, DAY_S, lambda: world.pos.fail_next(PosDown("The POS is down.")))
    assert len(world.web.log) <= 24 * 4 + 20
    assert len(world.pos.reads) <= 24 * 4 * 3 + 40
    assert len(world.pending.rows) == 24
    world.pos._failures.clear()
    _lasts(world, 3_600)
    assert world.pending.rows == []


def test_a_pos_that_answers_the_past_is_asked_ever_less_and_never_pushed_as_it_is() -> None:
    world = _waiting_world()
    past = some(12)
    reads = len(world.pos.reads)
    writes = len(world.web.log)

    def trouble() -> None:
        for product in past:
            world.pos.stale.pop(product.id, None)
            for _ in range(4):
                world.pos.read_stale(product)

    _lasts(world, 14 * 60, trouble)
    assert len(world.web.log) == writes
    assert len(world.pos.reads) - reads < 80
    world.pos.stale.clear()
    _lasts(world, 300)
    assert world.pending.rows == []
    assert all(world.link(p).content_version == 2 for p in past)
