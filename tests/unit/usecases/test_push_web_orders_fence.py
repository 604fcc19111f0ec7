"""A bug that one web order, or one product that the web sold, runs into costs no other."""

import pytest

from tests.builders import LANTERN, STORE, a_connection, a_product, some_stock
from tests.faults import Faults, Planted
from tests.world import World
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.errors import StoreDown
from tillbridge.domain.ids import PosProductId, StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.finding import Sight, found
from tillbridge.domain.web_orders.shown import WebLine, WebOrder
from tillbridge.ports.web_orders import OddOrder
from tillbridge.usecases.push.orders import noting
from tillbridge.usecases.push.stock import moved

ODD, GOOD = WebOrderId(1), WebOrderId(2)


def _world() -> World:
    settings = Settings(web_orders=WebOrderMode.LEDGER)
    world = World(connection=a_connection(settings=settings))
    world.linked(a_product(stock=(some_stock(5),)))
    world.clock.advance(300)
    for number in (ODD, GOOD):
        world.web.web_orders.orders[number] = _order(world, number)
    return world


def _order(world: World, number: WebOrderId) -> WebOrder:
    product = world.link(a_product()).id
    now = world.clock.now_ms()
    line = WebLine(WebLineId(number), StoreProductId(product or 0), 1)
    return WebOrder(number, 11, now, now, (line,))


def _kept(world: World) -> set[WebOrderId]:
    return set(world.order_book.kept(STORE, [ODD, GOOD]))


def test_an_order_that_runs_into_a_bug_hides_no_other_and_is_asked_for_again(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planted(before: OrderEntry | None, order: WebOrder, sight: Sight) -> OrderEntry:
        if order.id == ODD:
            raise Planted("found")
        return found(before, order, sight)

    world = _world()
    monkeypatch.setattr(noting, "found", planted)
    world.push()
    assert _kept(world) == {GOOD}
    assert faults.products == {str(ODD)}
    assert [row.product for row in world.pending.rows if row.lane is Lane.WEB] == [str(ODD)]
    monkeypatch.setattr(noting, "found", found)
    world.clock.advance(60)
    world.push_until_quiet()
    assert _kept(world) == {ODD, GOOD}


def test_an_odd_order_hides_no_other_and_is_told_after_it_was_asked_for_ten_times(
    faults: Faults,
) -> None:
    world = _world()
    world.web.web_orders.odd[ODD] = OddOrder(ODD, "It cannot be read.")
    world.push_until_quiet()
    assert _kept(world) == {GOOD}
    world.clock.advance(86_400)
    world.push_until_quiet()
    assert not [row for row in world.pending.rows if row.lane is Lane.WEB]
    assert faults.products == {str(ODD)}
    (told,) = {str(fault.error) for fault in faults.noted}
    assert f"orders take {ODD}" in told, "an alarm rings, and its words say what to do"


def test_a_look_that_runs_into_a_bug_costs_its_product_and_no_other(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = _world()
    other = a_product(PosProductId("p-other"), name="Other", sku="OTHER", stock=(some_stock(3),))
    world.linked(other)
    number = world.link(other).id
    line = WebLine(WebLineId(9), StoreProductId(number or 0), 1)
    now = world.clock.now_ms()
    world.web.web_orders.orders[GOOD] = WebOrder(GOOD, 11, now, now, (line,))
    levels = moved._levels

    def planted(*arguments: object) -> object:
        if getattr(arguments[1], "product", "") == LANTERN:
            raise Planted("_levels")
        return levels(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(moved, "_levels", planted)
    world.clock.advance(300)
    world.push()
    assert LANTERN in faults.products
    assert world.link(other).level == 2
    monkeypatch.setattr(moved, "_levels", levels)
    world.clock.advance(86_400)
    world.push_until_quiet()
    assert world.link(a_product()).level == 4


def test_orders_that_cannot_be_read_blame_no_product_and_the_store_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = _world()

    def down(*_: object) -> None:
        raise StoreDown("BigCommerce cannot be reached.", 0.0)

    monkeypatch.setattr(world.web.web_orders, "changed", down)
    world.clock.advance(5)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    for _ in range(12):
        world.push()
        world.clock.advance(1_000)
    assert world.link(a_product()).problem is None
    assert world.link(a_product()).level == 5, "no level is written on an old view of the orders"
    waits = world.stores.find(STORE)
    assert waits is not None
    assert waits.failures
