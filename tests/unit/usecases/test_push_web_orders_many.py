"""Ten thousand orders in an hour stay bounded: in calls, in time, and in what a slice does again."""

import pytest

from tests.builders import STORE, a_connection, a_product, some_stock
from tests.fakes.web_orders import FakeWebOrders
from tests.world import World
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.web_orders.shown import WebLine, WebOrder
from tillbridge.ports.web_orders import OrdersPage

MANY = 10_000
A_PAGE_S = 2
HOUR_MS = 3_600_000


class _Slow(FakeWebOrders):
    """A store that takes two seconds a page. `starts`: the ids at which pages began."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.starts: list[int] = []
        self.filters: list[int] = []

    def changed(self, since_ms: int, start: WebOrderId) -> OrdersPage:
        self.starts.append(start)
        self.filters.append(since_ms)
        self._world.clock.advance(A_PAGE_S)
        self.now_ms = self._world.clock.now_ms()
        return super().changed(since_ms, start)


def _world(orders: int) -> tuple[World, _Slow]:
    settings = Settings(web_orders=WebOrderMode.LEDGER)
    world = World(connection=a_connection(settings=settings))
    world.linked(a_product(stock=(some_stock(20_000),)))
    slow = _Slow(world)
    now, product = world.clock.now_ms(), StoreProductId(world.link(a_product()).id or 0)
    for number in map(WebOrderId, range(1, orders + 1)):
        line = WebLine(WebLineId(number), product, 1)
        placed = now + HOUR_MS * number // orders
        slow.orders[number] = WebOrder(number, 11, placed, placed, (line,))
    world.web.web_orders = slow
    world.web.records.products[product].levels[1] = 20_000 - orders
    return world, slow


def _read(world: World) -> OrdersRead:
    turn = world.stores.begin_slice(STORE, "asks", 2**50, 2**50)
    world.stores.end_slice(STORE, "asks", turn)
    return turn.orders


def test_a_reading_that_a_slice_has_no_time_for_goes_on_in_the_next() -> None:
    world, slow = _world(MANY)
    world.clock.advance(3_600)
    world.push()
    assert _read(world).following == slow.starts[-1] + 250
    assert world.signals.signalled, "the next slice goes on at once"
    world.push()
    assert slow.starts == [1 + 250 * page for page in range(41)]
    assert len(set(slow.filters)) == 1, "by the same filter"
    assert len(world.order_book.open(STORE)) == MANY
    assert _read(world).following == 0


def test_a_sale_waits_for_the_end_of_such_a_reading_and_knows_every_order() -> None:
    world, _ = _world(MANY)
    world.clock.advance(3_600)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(19_999),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 9_999
    assert [call.method for call in world.web.log].count("set_stock") == 1


@pytest.mark.parametrize("orders", [49, 250])
def test_orders_that_were_read_are_not_written_again(orders: int) -> None:
    world, slow = _world(orders)
    world.clock.advance(3_600)
    world.push_until_quiet()
    written = world.order_book.writes
    assert written == orders
    for _ in range(3):
        world.clock.advance(300)
        world.push_until_quiet()
    assert world.order_book.writes == written
    assert slow.starts.count(1) >= 4
