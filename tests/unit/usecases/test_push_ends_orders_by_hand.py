"""A person says in the console that a web order was booked by hand: the store's drain asks the POS and ends it."""

import pytest

from tests.builders import STORE, a_connection, a_product, some_stock
from tests.fakes.web_orders import FakeWebOrders
from tests.faults import Faults, Planted
from tests.world import World
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.web_orders.asked_for import (
    DoOrder,
    OrdersAsked,
    acknowledged_in,
    marks,
    row_of,
)
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.domain.web_orders.shown import WebLine, WebOrder
from tillbridge.usecases import orders_by_hand
from tillbridge.usecases.push.orders import by_hand

N = WebOrderId(7)
SOLD = 3


@pytest.fixture
def world() -> World:
    """Return a store of mode `ledger` whose order of three is read, and kept off sale."""
    made = World(connection=a_connection(settings=Settings(web_orders=WebOrderMode.LEDGER)))
    made.linked(a_product(stock=(some_stock(10),)))
    product = StoreProductId(made.link(a_product()).id or 0)
    orders = FakeWebOrders()
    now = made.clock.now_ms()
    orders.orders[N] = WebOrder(N, 11, now, now, (WebLine(WebLineId(1), product, SOLD),))
    orders.now_ms = now
    made.web.web_orders = orders
    made.web.records.products[product].levels[1] = 10 - SOLD
    made.clock.advance(3_600)
    made.push_until_quiet()
    assert entry(made).state is LaneState.SEEN
    return made


def entry(world: World) -> OrderEntry:
    return world.order_book.kept(STORE, [N])[N].entry


def ask(world: World, order: WebOrderId = N) -> None:
    asked = OrdersAsked("e-1", STORE, DoOrder.ACK, (order,), by="mina")
    world.pending.mark(marks(asked, iter(range(1, 9)), world.clock.now_ms()))


def waiting(world: World) -> list[str]:
    return [row.product for row in world.pending.rows if row.lane is Lane.WEB]


def test_the_drain_ends_it_from_what_the_pos_shows_and_sends_what_is_free(world: World) -> None:
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(10 - SOLD),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 10 - 2 * SOLD, "kept off sale once more"
    ask(world)
    world.push_until_quiet()
    assert entry(world).state is LaneState.BY_HAND
    assert world.link(a_product()).level == 10 - SOLD
    assert waiting(world) == []


def test_twice_is_once_and_what_nobody_counts_is_dropped(world: World) -> None:
    ask(world)
    world.push_until_quiet()
    ended = entry(world)
    ask(world)
    ask(world, WebOrderId(404))
    world.push_until_quiet()
    assert (entry(world), waiting(world)) == (ended, [])


def test_while_the_pos_is_down_it_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(world)
    with monkeypatch.context() as down:
        down.setattr(world.pos, "products", _down)
        world.push()
    assert (entry(world).state, waiting(world)) == (LaneState.SEEN, ["ack:7"])
    world.clock.advance(3_600)
    world.push_until_quiet()
    assert (entry(world).state, waiting(world)) == (LaneState.BY_HAND, [])


def _down(*_: object) -> object:
    raise PosDown("The POS does not answer.")


def test_a_bug_in_one_is_tried_again_later_and_holds_up_no_other(
    world: World, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.planted = True
    end = orders_by_hand.acknowledge

    def acknowledge(
        deps: object, connection: object, pos: object, orders: list[WebOrderId]
    ) -> object:
        if orders == [N]:
            raise Planted
        return end(deps, connection, pos, orders)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(by_hand, "acknowledge", acknowledge)
    ask(world)
    ask(world, WebOrderId(404))
    world.push()
    assert (faults.products, waiting(world)) == ({"7"}, ["ack:7"])
    (row,) = [each for each in world.pending.rows if each.lane is Lane.WEB]
    assert row.attempts == 1
    assert row.not_before_ms > world.clock.now_ms()


def test_a_hint_at_the_same_order_is_a_row_of_its_own(world: World) -> None:
    ask(world)
    hint = OrdersAsked("e-2", STORE, DoOrder.TAKE, (N,))
    world.pending.mark(marks(hint, iter(range(9, 19)), world.clock.now_ms()))
    assert sorted(waiting(world)) == ["7", "ack:7"]
    world.push_until_quiet()
    assert (entry(world).state, waiting(world)) == (LaneState.BY_HAND, [])


@pytest.mark.parametrize("row", ["7", "any", "ack:", "ack:x", "ack:-1", "x-ack:7", ""])
def test_other_rows_end_nothing(row: str) -> None:
    assert acknowledged_in(row) is None


def test_a_row_names_its_order() -> None:
    assert acknowledged_in(row_of(DoOrder.ACK, N)) == N
    assert {row_of(do, N) for do in (DoOrder.TAKE, DoOrder.RETRY)} == {"7"}
