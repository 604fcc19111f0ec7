"""Signals and wakes on SQS."""

import json
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, override
from uuid import uuid4

from tillbridge.adapters.messages.batches import fifo_entry, send_all
from tillbridge.domain.ids import StoreId
from tillbridge.ports.signals import Signals

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LONGEST_DELAY_S = 900
"""The longest delay that SQS takes, in seconds."""


class SqsSignals(Signals):
    """Signals on a FIFO queue, and wakes on the standard queue that all work shares. `work` is what a
    wake is for: "" the drain of the store, "orders" telling its POS of web orders."""

    def __init__(
        self, client: "SQSClient", signals_url: str, wakes_url: str, work: str = ""
    ) -> None:
        self._client = client
        self._signals_url = signals_url
        self._wakes_url = wakes_url
        self._work = {"work": work} if work else {}

    @override
    def signal(self, store: StoreId) -> None:
        self._client.send_message(
            QueueUrl=self._signals_url,
            MessageBody=_body(store),
            MessageGroupId=store,
            MessageDeduplicationId=uuid4().hex,  # a signal dropped as a repeat would lose work
        )

    @override
    def signal_all(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        messages = [fifo_entry(place, each, _body(each)) for place, each in enumerate(stores)]
        return [stores[place] for place in send_all(self._client, self._signals_url, messages)]

    @override
    def wake(self, store: StoreId, seconds: float) -> None:
        delay = min(max(ceil(seconds), 0), LONGEST_DELAY_S)
        self._client.send_message(
            QueueUrl=self._wakes_url,
            MessageBody=_body(store, **self._work),
            DelaySeconds=delay,
        )


def _body(store: StoreId, **more: str) -> str:
    return json.dumps({"store_id": store, **more})
