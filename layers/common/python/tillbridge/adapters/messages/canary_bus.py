"""Events of the sweep on EventBridge."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import batched
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.domain.canary import PRODUCT_ID
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import CANARY_DUE
from tillbridge.domain.senders import SWEEP
from tillbridge.ports.canary_bus import CanaryBus
from tillbridge.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

_AT_ONCE = 10
"""The most entries of a call, by EventBridge's documentation."""


class EventBridgeCanaryBus(CanaryBus):
    """The bus with this name. Few sweeps have a canary to call, so `client` is asked for when one has."""

    def __init__(self, client: "Callable[[], EventBridgeClient]", bus: str, clock: Clock) -> None:
        self._client = client
        self._bus = bus
        self._clock = clock

    @override
    def due(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        missed: list[StoreId] = []
        for some in batched(stores, _AT_ONCE, strict=False):
            try:
                answer = self._client().put_events(Entries=[self._entry(store) for store in some])
            except (ClientError, BotoCoreError) as error:
                raise RetryLater("The bus takes no events.") from error
            answers = zip(some, answer["Entries"], strict=True)
            missed += [store for store, told in answers if "ErrorCode" in told]
        return missed

    def _entry(self, store: StoreId) -> Any:
        now = datetime.fromtimestamp(self._clock.now_ms() / 1_000, UTC)
        metadata = {
            "event_id": uuid4().hex,
            "schema_version": "1.0",
            "store_id": store,
            "occurred_at": now.isoformat(),
        }
        data = {"products": [{"product_id": PRODUCT_ID, "version": 0}]}
        detail = json.dumps({"metadata": metadata, "data": data})
        return {
            "Source": SWEEP,
            "DetailType": CANARY_DUE,
            "Detail": detail,
            "EventBusName": self._bus,
        }
