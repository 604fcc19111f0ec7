"""The dead-letter queue on SQS."""

import re
from typing import TYPE_CHECKING, override

from tillbridge.ports.dead_letters import DeadLetters

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

REASON_LIMIT = 1_000

_NOT_TAKEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that SQS refuses. A reason quotes the event, and a bad character there must not make
the whole batch fail."""


class SqsDeadLetters(DeadLetters):
    """A function's dead-letter queue, for messages that no retry can make readable."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    @override
    def put(self, body: str, reason: str) -> None:
        words = _NOT_TAKEN.sub("?", reason).strip()[:REASON_LIMIT] or "No reason was given."
        self._client.send_message(
            QueueUrl=self._url,
            MessageBody=body,
            MessageAttributes={"reason": {"DataType": "String", "StringValue": words}},
        )
