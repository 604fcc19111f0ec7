"""The bus of web orders in memory; it keeps the promises of `tillbridge.ports.order_events`."""

from collections.abc import Callable, Sequence
from typing import override

from tillbridge.domain.outward_events import OutwardEvent
from tillbridge.ports.order_events import OrderEvents


class FakeOrderEvents(OrderEvents):
    """`told` has every event, in order; `calls`: how many there were at a time. `takes`: whether it takes
    an event."""

    def __init__(self) -> None:
        self.told: list[OutwardEvent] = []
        self.calls: list[int] = []
        self.takes: Callable[[OutwardEvent], bool] = lambda _: True

    @override
    def tell(self, events: Sequence[OutwardEvent]) -> Sequence[OutwardEvent]:
        self.calls.append(len(events))
        self.told += filter(self.takes, events)
        return [each for each in events if not self.takes(each)]
