"""BigCommerce for the referee of web units: orders as they truly are, and what is on sale."""

from dataclasses import replace

from tests.property.web_pos import PRODUCT, SIZES
from tillbridge.domain.ids import (
    PosVariantId,
    StoreProductId,
    StoreVariantId,
    WebLineId,
    WebOrderId,
)
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.finding import Holders
from tillbridge.domain.web_orders.shown import OrderStatus, WebLine, WebOrder

ONLINE = StoreProductId(101)
VARIANTS = dict(zip((StoreVariantId(501), StoreVariantId(502)), SIZES, strict=True))
HOLDERS: Holders = {(ONLINE, own): Holder(PRODUCT, pos) for own, pos in VARIANTS.items()}


class Shop:
    """Orders, and levels online. Whether stock is taken off when an order is placed, and put back when
    it is undone, differs from shop to shop, and nobody tells us."""

    def __init__(self, *, takes: bool, restocks: bool) -> None:
        self.takes, self.restocks = takes, restocks
        self.orders: dict[WebOrderId, WebOrder] = {}
        self.online = dict.fromkeys(SIZES, 4)
        self.under_way: list[tuple[PosVariantId, int]] = []
        self.lines = 0

    def place(self, wanted: list[tuple[StoreVariantId, int]], status: int, now_ms: int) -> None:
        """Take an order of these variants and units."""
        number = WebOrderId(1_000 + len(self.orders))
        lines = tuple(self._line(variant, units) for variant, units in wanted)
        for line in lines:
            self._moved(line, -line.quantity)
        self.orders[number] = WebOrder(number, status, now_ms, now_ms, lines)

    def ship(self, order: WebOrder, now_ms: int) -> None:
        """Ship what is left of an order."""
        lines = [
            replace(each, shipped=max(each.shipped, each.quantity - each.refunded))
            for each in order.lines
        ]
        self._change(order, lines, OrderStatus.SHIPPED, now_ms)

    def cancel(self, order: WebOrder, now_ms: int) -> None:
        """Cancel an order; what was shipped stays gone."""
        for line in order.lines:
            self._moved(line, line.quantity - line.shipped if self.restocks else 0)
        self._change(order, order.lines, OrderStatus.CANCELLED, now_ms)

    def refund(self, order: WebOrder) -> None:
        """Refund a unit of the first line that has one; the order's time does not move."""
        for place, line in enumerate(order.lines):
            if line.refunded < line.quantity:
                lines = list(order.lines)
                lines[place] = replace(line, refunded=line.refunded + 1)
                self._moved(line, 1 if self.restocks else 0)
                self._change(order, lines, order.status, order.modified_ms)
                return

    def edit(self, order: WebOrder, quantity: int, now_ms: int) -> None:
        """Set the quantity of the first line."""
        first, *others = order.lines
        quantity = max(quantity, first.shipped, first.refunded)
        self._moved(first, (first.quantity - quantity) if self.restocks else 0)
        changed = replace(first, quantity=quantity)
        self._change(order, [changed, *others], order.status, now_ms)

    def renew(self, order: WebOrder, now_ms: int) -> None:
        """Give every line of an order a new id, as some edits do."""
        lines = [replace(each, id=self._next_id()) for each in order.lines]
        self._change(order, lines, order.status, now_ms)

    def settle_writes(self) -> None:
        """Apply the writes under way, in order: an absolute level swallows what was sold meanwhile."""
        for variant, level in self.under_way:
            self.online[variant] = level
        self.under_way.clear()

    def _line(self, variant: StoreVariantId, units: int) -> WebLine:
        return WebLine(self._next_id(), ONLINE, units, variant, sku=str(variant))

    def _next_id(self) -> WebLineId:
        self.lines += 1
        return WebLineId(self.lines)

    def _moved(self, line: WebLine, units: int) -> None:
        assert line.variant is not None, "every line here has a variant"
        variant = VARIANTS[line.variant]
        if self.takes:
            self.online[variant] = max(0, self.online[variant] + units)

    def _change(
        self,
        order: WebOrder,
        lines: list[WebLine] | tuple[WebLine, ...],
        status: int,
        now_ms: int,
    ) -> None:
        now = now_ms // 1_000 * 1_000
        self.orders[order.id] = replace(order, lines=tuple(lines), status=status, modified_ms=now)


def gone(order: WebOrder) -> dict[PosVariantId, int]:
    """Return the units of an order that are no longer for sale, by variant: the referee's own count."""
    found = dict.fromkeys(SIZES, 0)
    for line in order.lines:
        assert line.variant is not None, "every line here has a variant"
        kept = line.quantity
        if order.status in (4, 5, 6) or line.shipped + line.refunded > line.quantity:
            kept = line.shipped
        else:
            kept -= line.refunded
        found[VARIANTS[line.variant]] += kept
    return found
