"""A day with web orders: what waits when the process dies, and a referee that knows what may be sold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.builders import STORE, a_connection, a_product, some_stock
from tests.knife.end_state import end_state
from tests.world import World
from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.ids import PosProductId, StoreProductId, WebLineId, WebOrderId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, arrival
from tillbridge.domain.product import Product
from tillbridge.domain.web_orders.booking import Answer, answered, ask
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.shown import OrderStatus, WebLine, WebOrder
from tillbridge.ports.store_api import StockItem

MUG, VASE = PosProductId("p-mug"), PosProductId("p-vase")


class Sold(World):
    """A world whose store sells. `may_sell`: the most that may ever be offered of a product, by the
    orders and the till together; `reoffered` is what was offered beyond."""

    def __init__(self, mode: WebOrderMode = WebOrderMode.POS) -> None:
        settings = Settings(web_orders=mode)
        super().__init__(connection=a_connection(settings=settings))
        self.may_sell: dict[PosProductId, int] = {}
        self.reoffered: list[tuple[StockItem, int]] = []
        self.linked(a_mug(10), a_vase(5))
        self.clock.advance(60)
        set_stock = self.web.set_stock

        def watched(items: Sequence[StockItem]) -> None:
            most = {self.link(product).id: units for product, units in self.may_sell.items()}
            self.reoffered += [
                (item, most[item.product])
                for item in items
                if item.product in most and item.level > most[item.product]
            ]
            set_stock(items)

        self.web.set_stock = watched  # type: ignore[method-assign]

    def orders(
        self, number: int, units: Mapping[PosProductId, int], *, taken: bool = True
    ) -> WebOrder:
        """Take an order, whose hook is marked. `taken`: BigCommerce takes the units off at once."""
        now = self.clock.now_ms()
        lines = tuple(
            WebLine(WebLineId(number * 10 + place), self.number(product), each)
            for place, (product, each) in enumerate(units.items())
        )
        order = WebOrder(WebOrderId(number), OrderStatus.AWAITING_FULFILLMENT, now, now, lines)
        self.web.web_orders.orders[order.id] = order
        if taken:
            for product, each in units.items():
                levels = self.web.records.products[self.number(product)].levels
                levels[1] = max(0, levels[1] - each)
        self.hook(number)
        return order

    def changes_order(self, number: int, **fields: Any) -> None:
        """Change an order, whose hook is marked."""
        order = self.web.web_orders.orders[WebOrderId(number)]
        changed = replace(order, modified_ms=self.clock.now_ms(), **fields)
        self.web.web_orders.orders[order.id] = changed
        self.hook(number)

    def hook(self, number: int) -> None:
        """Mark what BigCommerce says of an order."""
        now = self.clock.now_ms()
        row = Change(
            store=STORE,
            lane=Lane.WEB,
            product=PosProductId(str(number)),
            version=0,
            order=arrival(now),
            queued_ms=now,
            trigger="store/order/created",
        )
        self.pending.mark([row])

    def books(self, number: int, versions: Mapping[PosProductId, int]) -> None:
        """Store the POS's answer that it has booked what it is told of an order."""
        kept = self.order_book.kept(STORE, [WebOrderId(number)])[WebOrderId(number)]
        asked = ask(kept.entry, 0)
        assert asked.sent is not None
        effects = [
            Effect(line.holder.product, versions[line.holder.product], line.units, line=line.line)
            for line in asked.sent.lines
            if line.holder
        ]
        done = answered(asked, Answer(asked.sent.revision, 0, tuple(effects)))
        self.order_book.write(STORE, [(kept, done)])

    def number(self, product: PosProductId) -> StoreProductId:
        """Return BigCommerce's number of a product."""
        found = self.link(product).id
        assert found is not None
        return found


def a_mug(stock: int, version: int = 1) -> Product:
    """Return the mug as the POS has it."""
    return a_product(MUG, version=version, name="Mug", sku="MUG", stock=(some_stock(stock),))


def a_vase(stock: int, version: int = 1) -> Product:
    """Return the vase as the POS has it."""
    return a_product(VASE, version=version, name="Vase", sku="VASE", stock=(some_stock(stock),))


def _two_orders(*, taken: bool) -> Sold:
    world = Sold()
    world.orders(1, {MUG: 2}, taken=taken)
    world.orders(2, {MUG: 1, VASE: 1}, taken=taken)
    world.happens("sale.completed", a_mug(9, version=2))
    world.may_sell = {MUG: 6, VASE: 4}
    return world


def orders_and_a_sale() -> Sold:
    """Two orders, and a sale of what they sold."""
    return _two_orders(taken=True)


def orders_that_take_no_stock_off() -> Sold:
    """The same where BigCommerce takes stock off when orders are shipped."""
    return _two_orders(taken=False)


def an_order_is_cancelled() -> Sold:
    """An order that was known is cancelled, and its units do not come back by themselves."""
    world = Sold()
    world.orders(1, {MUG: 2})
    world.push_until_quiet()
    world.clock.advance(60)
    world.changes_order(1, status=OrderStatus.CANCELLED)
    world.may_sell = {MUG: 10}
    return world


def an_order_is_booked() -> Sold:
    """The POS has booked an order; its event comes, beside another order."""
    world = Sold()
    world.orders(1, {MUG: 2})
    world.push_until_quiet()
    world.clock.advance(60)
    world.books(1, {MUG: 2})
    world.happens("sale.completed", a_mug(8, version=2))
    world.orders(2, {VASE: 1})
    world.may_sell = {MUG: 8, VASE: 4}
    return world


def an_order_grows_after_it_was_booked() -> Sold:
    """An order that is booked is edited, while a delivery comes in."""
    world = Sold()
    order = world.orders(1, {MUG: 2})
    world.push_until_quiet()
    world.books(1, {MUG: 2})
    world.happens("sale.completed", a_mug(8, version=2))
    world.push_until_quiet()
    world.clock.advance(60)
    lines = tuple(replace(line, quantity=4) for line in order.lines)
    world.changes_order(1, lines=lines)
    world.happens("stock_order.completed", a_mug(20, version=3))
    world.may_sell = {MUG: 18}
    return world


ORDER_STORIES: dict[str, Callable[[], Sold]] = {
    story.__name__.replace("_", " "): story
    for story in (
        orders_and_a_sale,
        orders_that_take_no_stock_off,
        an_order_is_cancelled,
        an_order_is_booked,
        an_order_grows_after_it_was_booked,
    )
}


def end_with_orders(world: World) -> dict[str, Any]:
    """Return everything that lasts, with the book and the orders that the POS is to be told of."""
    numbers = list(world.web.web_orders.orders)
    kept = world.order_book.kept(STORE, numbers)
    return end_state(world) | {
        "reoffered": getattr(world, "reoffered", []),
        # What is settled, and since when an order owes, are told by the time that has passed.
        "book": {
            number: replace(each.entry, since_ms=0, settled=False)
            for number, each in sorted(kept.items())
        },
        "to book": sorted(row.product for row in world.pending.due(STORE, Lane.BOOK, 2**53, 1_000)),
        # At least once: how often, is told by how often it died.
        "told": {(each.id, str(each.type)) for each in world.order_events.told},
        "read": world.stores.begin_slice(STORE, "asks", 2**50, 2**50).orders.following,
    }
