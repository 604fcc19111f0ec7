"""A push sends what is left after the web's own sales."""

from collections.abc import Sequence
from dataclasses import replace

from tests.builders import LANTERN, STORE, a_connection, a_product, some_stock
from tests.fakes.order_book import FakeOrderBook
from tests.world import WRITES, World
from tillbridge.domain.connection import PushContent, Settings, WebOrderMode
from tillbridge.domain.errors import StoreDown
from tillbridge.domain.ids import StoreId, WebLineId, WebOrderId
from tillbridge.domain.view_rows import POS
from tillbridge.domain.web_orders.accounts import Booking, Holder, LineAccount
from tillbridge.ports.order_book import OpenOrder

SOLD = LineAccount(WebOrderId(1041), WebLineId(1), Holder(LANTERN), owed=2)


class _Lines(FakeOrderBook):
    """A book whose open lines a test sets."""

    def __init__(self, accounts: Sequence[LineAccount]) -> None:
        super().__init__()
        self.accounts = list(accounts)

    def open(self, store: StoreId) -> Sequence[OpenOrder]:
        return [OpenOrder(each.order, (each,), 2**53) for each in self.accounts]


def _world(*accounts: LineAccount) -> tuple[World, _Lines]:
    settings = Settings(push_content=PushContent.WHEN_CHANGED, web_orders=WebOrderMode.LEDGER)
    world = World(connection=a_connection(settings=settings))
    world.linked(a_product(stock=(some_stock(5),)))
    lines = _Lines(list(accounts))
    world.deps = replace(world.deps, push=replace(world.deps.push, order_book=lines))
    return world, lines


def test_a_sale_at_the_till_does_not_put_back_what_the_web_has_sold() -> None:
    world, _ = _world(SOLD)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 2
    assert world.read_model.get(STORE, POS, [LANTERN])[LANTERN].stock == "2"


def test_the_booking_of_a_web_order_costs_no_call_that_writes() -> None:
    world, lines = _world(SOLD)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    before = len(world.web.log)
    lines.accounts[:] = [replace(SOLD, bookings=(Booking(3, 2),))]
    world.happens("sale.completed", a_product(version=3, stock=(some_stock(2),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 2
    assert [call.method for call in world.web.log[before:] if call.method in WRITES] == []


def test_more_sold_than_there_is_shows_as_debt_and_none_is_offered() -> None:
    world, _ = _world(replace(SOLD, owed=6))
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    link = world.link(a_product())
    assert (link.level, link.debt) == (0, 2)


def test_a_level_whose_answer_was_lost_is_looked_at_before_it_is_written_again() -> None:
    world, _ = _world()
    world.web.fail_next("set_stock", StoreDown("No answer.", 0.0), applied=True)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    assert [call.method for call in world.web.log].count("set_stock") == 1
    link = world.link(a_product())
    assert (link.level, link.stock_version) == (4, 2)


def test_a_level_that_rises_though_the_pos_did_not_change_is_raised_after_two_looks() -> None:
    world, _ = _world()
    kept = replace(world.connection.settings, safety_stock=2)
    world.stores.save_connection(replace(world.connection, settings=kept))
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    world.push_until_quiet()
    assert world.link(a_product()).level == 2
    world.stores.save_connection(world.connection)
    world.happens("sale.completed", a_product(version=2, stock=(some_stock(4),)))
    for waited_s in (0, 20):
        world.clock.advance(waited_s)
        world.push()
        assert world.link(a_product()).level == 2
    world.clock.advance(11)
    world.push()
    assert world.link(a_product()).level == 4
