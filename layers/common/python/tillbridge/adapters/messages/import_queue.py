"""The queue of imports on SQS: a FIFO group per store, and a standard queue for delayed
messages."""

import json
from math import ceil
from typing import TYPE_CHECKING, override
from uuid import uuid4

from tillbridge.adapters.messages.import_bodies import texts_of
from tillbridge.adapters.messages.signals import LONGEST_DELAY_S
from tillbridge.domain.import_messages import ImportMessage
from tillbridge.ports.import_queue import ImportQueue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LATER = '{"later": '
"""What a delayed message begins with. It waits on the standard queue, because a FIFO queue takes no
delay per message."""


class SqsImportQueue(ImportQueue):
    """Each message has a deduplication id of its own: one that SQS drops as a repeat would be
    lost."""

    def __init__(self, client: "SQSClient", imports_url: str, requests_url: str) -> None:
        self._client = client
        self._imports_url = imports_url
        self._requests_url = requests_url

    @override
    def put(self, message: ImportMessage) -> None:
        for text in texts_of(message):
            self._client.send_message(
                QueueUrl=self._imports_url,
                MessageBody=text,
                MessageGroupId=message.store,
                MessageDeduplicationId=uuid4().hex,
            )

    @override
    def later(self, message: ImportMessage, seconds: float) -> None:
        """Send the message over the standard queue: the function `import` then puts it at the end of
        its store's group."""
        delay = min(max(ceil(seconds), 0), LONGEST_DELAY_S)
        for text in texts_of(message):
            body = f"{LATER}{json.dumps(text)}}}"
            self._client.send_message(
                QueueUrl=self._requests_url, MessageBody=body, DelaySeconds=delay
            )
