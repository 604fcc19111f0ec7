"""A house whose web store takes orders: shoppers pay, staff change orders, hooks are marked or lost, and
the POS books what a test says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from sandbox.bigcommerce.lab.shop_client import Shop
from tests.harness import STORE, House
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.ids import (
    PosProductId,
    PosVariantId,
    StoreProductId,
    WebLineId,
    WebOrderId,
)
from tillbridge.domain.lanes import DRAINED, Lane
from tillbridge.domain.link_requests import LinkRequest, LinkRequestKind
from tillbridge.domain.pending import Change, arrival
from tillbridge.domain.web_orders.booking import Answer, answered, ask
from tillbridge.domain.web_orders.effects import Effect
from tillbridge.domain.web_orders.entry import OrderEntry
from tillbridge.domain.web_orders.told import body, external_id
from tillbridge.ports.order_book import Kept
from tillbridge.usecases.store_work import work_on_store

LIST = "GET /v2/orders"
LOOK = "GET /inventory/locations/{location_id}/items"
STOCK = "PUT /inventory/adjustments/absolute"
ONE = "GET /v2/orders/{order_id}"

LEDGER = Settings(web_orders=WebOrderMode.LEDGER)


def a_mug(stock: int = 5, **more: Any) -> dict[str, Any]:
    """Return a product of the POS."""
    return {
        "id": "p-mug",
        "name": "Mug",
        "sku": "MUG",
        "price": "10",
        "stock": {"o-main": str(stock)},
    } | more


def a_shirt(**stock: int) -> dict[str, Any]:
    """Return a product of the POS in these sizes."""
    return {
        "id": "p-shirt",
        "name": "Shirt",
        "sku": "SHIRT",
        "price": "20",
        "variants": [
            {
                "id": f"v-{size}",
                "sku": f"SHIRT-{size}",
                "option_values": [{"name": "Size", "value": size}],
                "stock": {"o-main": str(units)},
            }
            for size, units in stock.items()
        ],
    }


class OrderHouse(House):
    """A house whose web orders are read."""

    def __init__(self, settings: Settings = LEDGER, **more: Any) -> None:
        super().__init__(settings=settings, **more)
        self.since_ms = 0

    def __enter__(self) -> Self:
        super().__enter__()
        self.shop: Shop = self.store.shop
        self.count_orders_from_now(self.settings)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shop.close()
        super().__exit__(kind, error, trace)

    def count_orders_from_now(self, settings: Settings) -> None:
        """Connect the store with these settings; orders placed before do not count."""
        self.connect(settings)
        self.since_ms = self.clock.now_ms()
        self.change(web_orders_since_ms=self.since_ms)

    def change(self, **fields: Any) -> None:
        """Change the connection."""
        self.tables.stores.save_connection(replace(self.connection, **fields))

    @property
    def connection(self) -> Connection:
        """Return the connection as stored."""
        found = self.tables.stores.find(STORE)
        assert found is not None
        return found

    # --- what happens ------------------------------------------------------------------------------

    def line(self, product: str, units: int = 1, variant: str | None = None) -> dict[str, Any]:
        """Return a line of a cart."""
        link = self.link(product)
        of = {} if variant is None else {"variant_id": link.variants[PosVariantId(variant)].id}
        return {"product_id": link.id, "quantity": units} | of

    def buys(self, product: str, units: int = 1, variant: str | None = None, **more: Any) -> int:
        """Return the number of an order that a shopper pays for. No hook comes."""
        order = self.shop.pay([self.line(product, units, variant)], **more)
        assert order is not None, "sold out"
        return order

    def hook(self, *orders: int | str, force: bool = False) -> None:
        """Mark what BigCommerce says of orders, and signal."""
        now = self.clock.now_ms()
        self.tables.pending.mark(
            Change(
                store=STORE,
                lane=Lane.WEB,
                product=PosProductId(str(order)),
                version=0,
                order=arrival(now),
                queued_ms=now,
                trigger="store/order/updated",
                force=force,
            )
            for order in orders
        )
        self.signals.signalled = True

    def sells_at_the_till(self, product: str, units: int = 1, variant: str | None = None) -> None:
        """Sell units in the shop; the event reaches intake at once."""
        self.pos.sell([{"product_id": product, "variant_id": variant, "quantity": units}])

    def receives(self, product: str, units: int, variant: str | None = None) -> None:
        """Receive units from a vendor."""
        self.pos.stock_order([{"product_id": product, "variant_id": variant, "received": units}])

    def adopts(self, product: str, number: int) -> None:
        """Ask for a link between a product of the POS and one of the store."""
        self.link_requests.put(
            [
                LinkRequest(
                    id=f"r-{product}",
                    place=0,
                    store=STORE,
                    kind=LinkRequestKind.LINK,
                    product=PosProductId(product),
                    web=StoreProductId(number),
                    order=arrival(self.clock.now_ms()),
                )
            ]
        )
        self.signals.signalled = True

    def sweeps(self, after_s: float = 300) -> None:
        """Signal the store as the sweep does, so long after."""
        self.clock.sleep(after_s)
        self.signals.signalled = True
        self.settle()

    def one_slice(self) -> None:
        """Run one slice, and forget its wakes."""
        self.signals.signalled = False
        work_on_store(STORE, self.deps)

    def books(self, order: int) -> None:
        """Have the POS told of an order, and store its answer, as the function `orders` does."""
        self.hears(order, self.asks(order))

    def asks(self, order: int) -> Answer:
        """Have the POS told of an order, and return its answer, which is not stored yet."""
        kept = self.kept(order)
        asked = ask(kept.entry, 0)
        self._write(kept, asked)
        assert asked.sent is not None
        name = external_id(self.store.store_hash, WebOrderId(order))
        said = self.pos.put_web_order(name, body(replace(asked.sent, outlet="o-main")))
        effects = tuple(
            Effect(
                PosProductId(each["product_id"]),
                int(each["version"]),
                int(each["units"]),
                PosVariantId(each["variant_id"]) if each["variant_id"] else None,
                WebLineId(int(each["line_id"])),
            )
            for each in said["effects"]
        )
        return Answer(int(said["revision"]), 0, effects)

    def hears(self, order: int, answer: Answer) -> None:
        """Store what the POS has answered."""
        now = self.kept(order)
        self._write(now, answered(now.entry, answer))

    def _write(self, kept: Kept, entry: OrderEntry) -> None:
        assert not self.tables.order_book.write(STORE, [(kept, entry)])

    # --- what is seen ------------------------------------------------------------------------------

    def kept(self, order: int) -> Kept:
        """Return the entry of an order."""
        number = WebOrderId(order)
        return self.tables.order_book.kept(STORE, [number])[number]

    def is_kept(self, order: int) -> bool:
        """Return whether the book has an order."""
        return bool(self.tables.order_book.kept(STORE, [WebOrderId(order)]))

    def offered(self, product: str, variant: str | None = None) -> int:
        """Return how many a shopper may buy."""
        link = self.link(product)
        number = None if variant is None else link.variants[PosVariantId(variant)].id
        assert link.id is not None
        found = self.shop.level(link.id, number)
        assert found is not None
        return found

    def swallowed(self) -> Sequence[Mapping[str, Any]]:
        """Return the units that a write of ours put back on sale."""
        return self.shop.audit()["swallowed"]

    def counts(self, *names: str) -> tuple[int, ...]:
        """Return how often these calls were made since the counts were reset."""
        return tuple(self.calls().get(name, 0) for name in names)

    def pending(self, lanes: Collection[Lane] = DRAINED) -> list[tuple[Lane, str]]:
        """Return the rows that wait, due or not."""
        return [
            (row.lane, row.product)
            for lane in lanes
            for row in self.tables.pending.due(STORE, lane, 2**53, 1_000)
        ]
