"""Signals, wakes and dead letters on SQS."""

import json
import re
from math import ceil
from typing import TYPE_CHECKING
from uuid import uuid4

from tillbridge.domain.ids import StoreId

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LONGEST_DELAY_S = 900
"""SQS's own limit."""

REASON_LIMIT = 1_000

_NOT_TAKEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters SQS refuses; a reason repeats words of the event, and one event must not hold up its
neighbours."""


class SqsSignals:
    """Signals on the FIFO queue of store work, wakes on a standard one."""

    def __init__(self, client: "SQSClient", store_work_url: str, wakes_url: str) -> None:
        self._client = client
        self._store_work_url = store_work_url
        self._wakes_url = wakes_url

    def signal(self, store: StoreId) -> None:
        """One message in the store's group: its drains run one after the other."""
        self._client.send_message(
            QueueUrl=self._store_work_url,
            MessageBody=_body(store),
            MessageGroupId=store,
            MessageDeduplicationId=uuid4().hex,  # a signal swallowed as a repeat would lose work
        )

    def wake(self, store: StoreId, seconds: float) -> None:
        """A message that arrives no sooner than `seconds` from now, 900 at most."""
        delay = min(max(ceil(seconds), 0), LONGEST_DELAY_S)
        self._client.send_message(
            QueueUrl=self._wakes_url, MessageBody=_body(store), DelaySeconds=delay
        )


class SqsDeadLetters:
    """The dead-letter queue of the POS events, for what can be seen at once to be unreadable."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def put(self, body: str, reason: str) -> None:
        """Keeps the event as it came; the reason goes along as the attribute `reason`."""
        words = _NOT_TAKEN.sub("?", reason).strip()[:REASON_LIMIT] or "No reason was given."
        self._client.send_message(
            QueueUrl=self._url,
            MessageBody=body,
            MessageAttributes={"reason": {"DataType": "String", "StringValue": words}},
        )


def _body(store: StoreId) -> str:
    return json.dumps({"store_id": store})
