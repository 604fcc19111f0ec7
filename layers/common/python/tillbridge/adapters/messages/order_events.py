"""Web orders told on the EventBridge bus."""

import json
from collections.abc import Sequence
from itertools import batched
from typing import TYPE_CHECKING, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.web_orders.order_events import SOURCE, OrderEvent
from tillbridge.ports.order_events import OrderEvents

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

A_CALL = 10
"""The most events that the bus takes at once; one of 500 lines has some 90 kB, of 256 that a call has."""

A_LONG_ORDER = 100
"""Lines of an order that goes in a call of its own."""


class BusOrderEvents(OrderEvents):
    """Events on a bus, by its name."""

    def __init__(self, client: "EventBridgeClient", bus: str) -> None:
        self._client = client
        self._bus = bus

    @override
    def tell(self, events: Sequence[OrderEvent]) -> None:
        long = [each for each in events if len(each.entry.lines) > A_LONG_ORDER]
        short = [each for each in events if len(each.entry.lines) <= A_LONG_ORDER]
        missed = 0
        for some in (*((each,) for each in long), *batched(short, A_CALL, strict=False)):
            try:
                answer = self._client.put_events(Entries=[self._entry(each) for each in some])
            except (ClientError, BotoCoreError) as trouble:
                raise RetryLater(f"The bus takes no events: {type(trouble).__name__}.") from trouble
            missed += answer["FailedEntryCount"]
        if missed:
            raise RetryLater(f"The bus did not take {missed} of {len(events)} events.")

    def _entry(self, event: OrderEvent) -> "PutEventsRequestEntryTypeDef":
        return {
            "Source": SOURCE,
            "DetailType": event.type.value,
            "Detail": json.dumps(event.detail(), ensure_ascii=False),
            "EventBusName": self._bus,
        }
