"""The dead-letter queue on SQS."""

import re
from typing import TYPE_CHECKING, override

from botocore.exceptions import ClientError

from tillbridge.domain.errors import LONGEST_REASON
from tillbridge.ports.dead_letters import DeadLetters

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


_NOT_TAKEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Characters that SQS refuses. A reason quotes the event, and a bad character there must not make
the whole batch fail. Compiled by the first letter: it takes 2 ms, and few functions put one."""


KEPT_OF_BODY = 60_000
"""Characters of a message that is too long to be kept whole: below 256 KB in any script."""
_TOO_LONG = frozenset({"InvalidParameterValue", "InvalidMessageContents"})


class SqsDeadLetters(DeadLetters):
    """A function's dead-letter queue, for messages that no retry can make readable."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    @override
    def put(self, body: str, reason: str) -> None:
        words = re.sub(_NOT_TAKEN, "?", reason).strip()[:LONGEST_REASON] or "No reason was given."
        try:
            self._send(body, words)
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] not in _TOO_LONG or len(body) <= KEPT_OF_BODY:
                raise
            # A message as long as SQS takes has no room for a reason beside it.
            self._send(body[:KEPT_OF_BODY], f"Only its beginning is kept. {words}"[:LONGEST_REASON])

    def _send(self, body: str, words: str) -> None:
        self._client.send_message(
            QueueUrl=self._url,
            MessageBody=body,
            MessageAttributes={"reason": {"DataType": "String", "StringValue": words}},
        )
