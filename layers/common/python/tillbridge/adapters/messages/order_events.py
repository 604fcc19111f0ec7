"""Web orders told on the EventBridge bus."""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.adapters.messages.bus_calls import A_CALL_BYTES, entry_bytes, in_calls
from tillbridge.domain.outward_events import OutwardEvent
from tillbridge.domain.web_orders.order_events import SOURCE
from tillbridge.ports.order_events import OrderEvents

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

TIMES = 2
"""So often an event is put that the bus did not take out of a call which it took."""

type _Put = tuple[OutwardEvent, "PutEventsRequestEntryTypeDef"]

log = logging.getLogger(__name__)


class BusOrderEvents(OrderEvents):
    """Events on a bus, by its name. `client` is asked for when there is something to tell."""

    def __init__(self, client: "Callable[[], EventBridgeClient]", bus: str) -> None:
        self._client = client
        self._bus = bus

    @override
    def tell(self, events: Sequence[OutwardEvent]) -> Sequence[OutwardEvent]:
        missed: list[OutwardEvent] = []
        puts = [(each, self._entry(each)) for each in events]
        calls = list(in_calls(list(_short_enough(puts))))
        for place, some in enumerate(calls):
            try:
                missed += [event for event, _ in self._put(some)]
            except (ClientError, BotoCoreError) as trouble:
                log.warning("the bus takes no events", extra={"why": str(trouble)})
                # The next call would wait for as long: whoever tells has other work.
                return [*missed, *(event for rest in calls[place:] for event, _ in rest)]
        return missed

    def _put(self, some: Sequence[_Put]) -> Sequence[_Put]:
        """Return those that the bus did not take, though it took the call."""
        for _ in range(TIMES):
            answer = self._client().put_events(Entries=[entry for _, entry in some])
            answers = zip(some, answer["Entries"], strict=True)
            some = [each for each, said in answers if "ErrorCode" in said]
            if not some:
                break
        return some

    def _entry(self, event: OutwardEvent) -> "PutEventsRequestEntryTypeDef":
        return {
            "Source": SOURCE,
            "DetailType": str(event.type),
            "Detail": json.dumps(event.detail(), ensure_ascii=False),
            "EventBusName": self._bus,
        }


def _short_enough(puts: Sequence[_Put]) -> Iterator[_Put]:
    for each in puts:
        if entry_bytes(each[1]) <= A_CALL_BYTES:
            yield each
            continue
        event = each[0]
        extra = {"store_id": event.store, "event": str(event.type), **event.about}
        log.error("an event is too long for the bus", extra=extra)
