"""A store's web orders, in memory; it keeps the promises of `tillbridge.ports.web_orders`."""

from collections.abc import Sequence

from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.slices import SliceRecord
from tillbridge.domain.web_orders.shown import WebOrder
from tillbridge.ports.web_orders import InventorySettings, OddOrder, OrdersPage, WebOrders


class FakeWebOrders(WebOrders):
    """`a_page` orders a page; `orders`, `odd`, `archived`, `refunds` (order and epoch ms), `settings`
    by channel and `now_ms` are set by the test."""

    def __init__(self, a_page: int = 250) -> None:
        self.a_page = a_page
        self.orders: dict[WebOrderId, WebOrder] = {}
        self.odd: dict[WebOrderId, OddOrder] = {}
        self.archived: set[WebOrderId] = set()
        self.refunds: list[tuple[WebOrderId, int]] = []
        self.settings: dict[int | None, InventorySettings] = {}
        self.now_ms: int | None = None
        self._record = SliceRecord()

    @property
    def record(self) -> SliceRecord:
        return self._record

    def wait_needed(self, *, urgent: bool) -> float:
        return 0.0

    def changed(self, since_ms: int, start: WebOrderId) -> OrdersPage:
        self._record.calls["GET /v2/orders"] += 1
        due = [
            number
            for number in sorted(self.orders.keys() | self.odd.keys())
            if number >= start and number not in self.archived and self._is_due(number, since_ms)
        ][: self.a_page]
        return OrdersPage(
            tuple(self.orders[number] for number in due if number not in self.odd),
            tuple(self.odd[number] for number in due if number in self.odd),
            WebOrderId(due[-1] + 1) if len(due) == self.a_page else None,
            self.now_ms,
        )

    def _is_due(self, number: WebOrderId, since_ms: int) -> bool:
        return number in self.odd or self.orders[number].modified_ms > since_ms

    def order(self, order: WebOrderId) -> WebOrder | OddOrder | None:
        self._record.calls["GET /v2/orders/{id}"] += 1
        return self.odd.get(order) or self.orders.get(order)

    def refunded(self, since_ms: int) -> Sequence[WebOrderId]:
        self._record.calls["GET /orders/payment_actions/refunds"] += 1
        return sorted({order for order, at_ms in self.refunds if at_ms >= since_ms})

    def inventory_settings(self, channel: int | None = None) -> InventorySettings:
        self._record.calls["GET /settings/inventory"] += 1
        return self.settings.get(channel, InventorySettings(None, None, None))
