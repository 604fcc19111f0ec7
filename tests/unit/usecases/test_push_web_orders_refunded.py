"""A refund of a part is found though BigCommerce says neither by a hook nor by a date that it happened."""

from dataclasses import replace

from tests.builders import STORE, a_connection, a_product, some_stock
from tests.world import World
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.web_orders.shown import WebLine, WebOrder

ORDER = WebOrderId(1041)
REFUNDS = "GET /orders/payment_actions/refunds"


def _world(mode: WebOrderMode = WebOrderMode.LEDGER) -> World:
    world = World(connection=a_connection(settings=Settings(web_orders=mode)))
    world.linked(a_product(stock=(some_stock(5),)))
    world.clock.advance(300)
    now = world.clock.now_ms()
    line = WebLine(WebLineId(1), StoreProductId(world.link(a_product()).id or 0), 2)
    world.web.web_orders.orders[ORDER] = WebOrder(ORDER, 11, now, now, (line,))
    return world


def _owed(world: World) -> int:
    return world.order_book.kept(STORE, [ORDER])[ORDER].entry.accounts[0].owed


def _push(world: World, after_s: float = 0) -> None:
    world.clock.advance(after_s)
    world.web.web_orders.now_ms = world.clock.now_ms()
    world.push_until_quiet()


def _refund_one(world: World) -> None:
    order = world.web.web_orders.orders[ORDER]
    refunded = replace(order, status=14, lines=(replace(order.lines[0], refunded=1),))
    world.web.web_orders.orders[ORDER] = refunded
    world.web.web_orders.refunds.append((ORDER, world.clock.now_ms()))


def test_a_refund_that_moves_no_date_is_found_within_the_hour() -> None:
    world = _world()
    _push(world)
    _push(world, 900)
    _refund_one(world)
    _push(world, 900)
    assert _owed(world) == 2, "nothing tells of it"
    _push(world, 3_600)
    assert _owed(world) == 1
    assert not [row for row in world.pending.rows if row.lane is Lane.WEB]


def test_refunds_cost_one_call_an_hour_and_none_where_no_orders_are_read() -> None:
    world = _world()
    _push(world)
    calls = world.web.web_orders.record.calls
    assert calls[REFUNDS] == 1
    for _ in range(10):
        _push(world, 300)
    assert calls[REFUNDS] == 1
    _push(world, 600)
    assert calls[REFUNDS] == 2
    off = _world(WebOrderMode.OFF)
    _push(off)
    assert REFUNDS not in off.web.web_orders.record.calls
