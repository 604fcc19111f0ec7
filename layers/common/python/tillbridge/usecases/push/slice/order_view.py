"""What a slice knows of its store's web orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tillbridge.domain.ids import PosProductId, PosVariantId, WebOrderId
from tillbridge.domain.order_cursor import OrdersRead
from tillbridge.domain.web_orders.accounts import Holder, LineAccount
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.order_book import OpenOrder

MOST_SEEN = 20_000
"""So many orders are known to be as they were; more are looked up in the book again."""


@dataclass(slots=True)
class OrderView:
    """`read`: how far the orders are read. `opened`: the open lines were read in this slice. `unlinked`:
    the orders, as the book has them, of which a product was not linked when they were found. `failed`: those that ran into a bug."""

    read: OrdersRead
    opened: bool = False
    unlinked: dict[WebOrderId, WebOrder] = field(default_factory=dict)
    failed: set[WebOrderId] = field(default_factory=set)
    _seen: dict[WebOrderId, int] = field(default_factory=dict)
    _taken: dict[Holder, int] = field(default_factory=dict)
    _accounts: dict[PosProductId, list[LineAccount]] = field(default_factory=dict)

    def is_news(self, order: WebOrder) -> bool:
        """Return whether this slice has not seen the order as it is."""
        return self._seen.get(order.id) != hash(order)

    def saw(self, orders: Iterable[WebOrder]) -> None:
        """Note orders of which everything is done."""
        if len(self._seen) > MOST_SEEN:
            self._seen.clear()
        done = (order for order in orders if order.id not in self.failed)
        self._seen.update((order.id, hash(order)) for order in done)

    def opens(self, orders: Iterable[OpenOrder]) -> None:
        """Note what all open orders owe, in place of what was known of it."""
        self.opened = True
        self._accounts = {}
        for order in orders:
            for account in order.accounts:
                if account.holder is not None:
                    self._accounts.setdefault(account.holder.product, []).append(account)

    def accounts_of(self, product: PosProductId) -> Sequence[LineAccount]:
        """Return what the open orders owe of a product."""
        return self._accounts.get(product, ())

    def takes(self, before: Iterable[LineAccount], after: Iterable[LineAccount]) -> None:
        """Note the units that an order owes now and did not owe before: of a channel that takes stock off
        at placing they are gone online."""
        for accounts, sign in ((before, -1), (after, 1)):
            for account in accounts:
                if account.holder is not None:
                    there = self._taken.get(account.holder, 0)
                    self._taken[account.holder] = there + sign * account.owed

    def taken(self, product: PosProductId, variant: PosVariantId | None) -> int:
        """Return the units found since the level online was last known; what came free is not counted,
        since it need not be back on sale."""
        return max(0, self._taken.get(Holder(product, variant), 0))

    def knows(self, product: PosProductId) -> None:
        """Note that the levels of a product are recorded as they are online."""
        for holder in [each for each in self._taken if each.product == product]:
            del self._taken[holder]
