"""A canary's round: its level is written, and looked at five seconds later; whatever happens meanwhile
costs a call at most, and no shop a sale."""

from collections.abc import Sequence
from itertools import count

import pytest

from tests.builders import STORE, a_change, a_connection, a_product, some_stock
from tests.faults import Faults
from tests.world import World
from tillbridge.domain.canary import EVERY_MS, LOOK_MS, Canary
from tillbridge.domain.connection import StoreState
from tillbridge.domain.errors import StoreThrottled
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.ports.store_api import StockItem

PUT = "PUT /inventory/adjustments/absolute"
LOOK = "GET /inventory/locations/{location_id}/items"
ROW = PosProductId("canary")


class Measured(World):
    """A world whose store has a canary, which was good an hour ago."""

    def __post_init__(self) -> None:
        super().__post_init__()
        payload = {"name": "Canary", "sku": "C", "type": "physical", "price": 0, "weight": 0}
        self.product = self.web.create({**payload, "inventory_tracking": "product"}).id
        self.hour_ago = self.clock.now_ms() - 3_600_000
        self.stores.set_canary(STORE, Canary(self.product, self.hour_ago))

    @property
    def canary(self) -> Canary:
        """Return the canary as it is kept."""
        found = self.stores.find(STORE)
        assert found is not None
        assert found.canary is not None
        return found.canary

    def is_asked(self) -> None:
        """Mark the row of a round, as intake does."""
        self.pending.mark([a_change(lane=Lane.CANARY, product=ROW)])

    def slice(self) -> dict[str, int]:
        """Work for one slice, and return its calls."""
        return dict(self.push().calls)

    def waits(self) -> bool:
        """Return whether a round is under way."""
        return bool(self.pending.of(STORE, Lane.CANARY, [ROW]))


def test_a_round_is_one_write_and_one_look_five_seconds_later() -> None:
    world = Measured()
    world.is_asked()
    assert world.slice() == {PUT: 1}
    assert (world.canary.counter, world.canary.good_ms) == (1, world.hour_ago)
    assert world.slice() == {}
    world.clock.advance(LOOK_MS / 1_000)
    assert world.slice() == {LOOK: 1}
    assert world.canary == Canary(world.product, world.clock.now_ms(), counter=1)
    assert not world.waits()


def test_an_event_that_comes_twice_makes_one_round_and_looks_no_earlier() -> None:
    world = Measured()
    for _ in range(2):
        world.is_asked()
    assert world.slice() == {PUT: 1}
    world.is_asked()
    world.clock.advance(1)
    assert world.slice() == {}
    world.clock.advance(4)
    assert world.slice() == {LOOK: 1}
    assert not world.waits()


def test_a_level_that_does_not_show_is_not_good_and_ends_the_round() -> None:
    world = Measured()
    world.is_asked()
    world.slice()
    world.web.set_stock([StockItem(1, 999, product=world.product)])
    world.clock.advance(5)
    world.slice()
    assert (world.canary.good_ms, world.canary.written_ms) == (world.hour_ago, 0)
    assert not world.waits()


def test_a_canary_that_somebody_deleted_in_bigcommerce_stops_nothing() -> None:
    world = Measured()
    world.linked(a_product(stock=(some_stock(5),)))
    del world.web.records.products[world.product]
    world.is_asked()
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 4
    assert not world.waits()
    there = world.stores.find(STORE)
    assert there is not None
    assert there.state is StoreState.ACTIVE


def test_a_canary_that_was_switched_off_meanwhile_costs_no_call() -> None:
    world = Measured()
    world.is_asked()
    world.stores.set_canary(STORE, None)
    assert world.slice() == {}
    assert not world.waits()


def test_stock_goes_before_the_canary() -> None:
    world = Measured()
    world.linked(a_product(stock=(some_stock(5),)))
    world.is_asked()
    levels: list[StoreProductId | None] = []
    real = world.web.set_stock

    def watched(items: Sequence[StockItem]) -> None:
        levels.extend(item.product for item in items)
        real(items)

    world.web.set_stock = watched  # type: ignore[method-assign] # a spy
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    assert levels == [world.link(a_product()).id, world.product]


def test_where_the_shop_itself_sells_no_round_is_due() -> None:
    world = Measured()
    world.linked(a_product(stock=(some_stock(5),)))
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    assert world.clock.now_ms() - world.canary.good_ms < EVERY_MS


def test_a_quota_that_is_spent_puts_the_round_off(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Measured()
    world.is_asked()
    real, tries = world.web.set_stock, count(1)

    def spent_once(items: Sequence[StockItem]) -> None:
        if next(tries) == 1:
            raise StoreThrottled("spent", 600)
        real(items)

    monkeypatch.setattr(world.web, "set_stock", spent_once)
    world.slice()
    assert world.waits()
    world.clock.advance(601)
    world.slice()
    world.clock.advance(5)
    world.slice()
    assert world.canary.good_ms == world.clock.now_ms()


def test_a_bug_in_measuring_holds_up_no_sale(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.planted = True
    world = Measured()
    world.linked(a_product(stock=(some_stock(5),)))
    monkeypatch.setattr(world.stores, "keep_canary", None)
    world.is_asked()
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 4
    assert not world.waits()
    assert "measuring with the canary" in {fault.doing for fault in faults.noted}


class Dead(BaseException):
    """The process is killed."""


@pytest.mark.parametrize("step", ["written", "kept", "postponed", "looked", "ended", "cleared"])
def test_killed_at_any_step_the_round_ends_well(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world = Measured()
    world.is_asked()
    number = {"kept": 0, "ended": 1}.get(step, 0)
    where: tuple[object, str] = {
        "written": (world.web, "set_stock"),
        "kept": (world.stores, "keep_canary"),
        "postponed": (world.pending, "postpone"),
        "looked": (world.stores, "keep_canary"),
        "ended": (world.stores, "keep_canary"),
        "cleared": (world.pending, "clear"),
    }[step]
    if step == "looked":
        number = 1
    real, calls = getattr(*where), count()

    def dies_after(*given: object) -> object:
        before = step == "looked"
        at = next(calls)
        if at == number and before:
            raise Dead
        done = real(*given)
        if at == number and not before:
            raise Dead
        return done

    died = False
    with monkeypatch.context() as knife:
        knife.setattr(*where, dies_after)
        try:
            for _ in range(2):
                world.slice()
                world.clock.advance(6)
        except Dead:
            died = True
    assert died
    for _ in range(4):
        world.clock.advance(120)  # the dead slice's time is over
        world.slice()
    assert not world.waits()
    assert world.canary.good_ms > world.hour_ago
    assert world.canary.written_ms == 0


def test_two_stores_have_a_canary_each() -> None:
    world, other = Measured(), StoreId("market")
    world.stores.save_connection(a_connection(other, canary=Canary(StoreProductId(4_711), 5)))
    world.is_asked()
    world.slice()
    found = world.stores.find(other)
    assert found is not None
    assert found.canary == Canary(StoreProductId(4_711), 5)
