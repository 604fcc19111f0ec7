"""The bus of web orders in memory; it keeps the promises of `tillbridge.ports.order_events`."""

from collections.abc import Sequence
from typing import override

from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.web_orders.order_events import OrderEvent
from tillbridge.ports.order_events import OrderEvents


class FakeOrderEvents(OrderEvents):
    """`told` has every event, in order; `fails`: the errors of the next calls."""

    def __init__(self) -> None:
        self.told: list[OrderEvent] = []
        self.fails: list[TillbridgeError] = []

    @override
    def tell(self, events: Sequence[OrderEvent]) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.told += events
