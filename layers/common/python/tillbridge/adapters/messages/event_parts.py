"""Parts of large events: events of a hundred products each, on a queue of their own."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import batched
from typing import TYPE_CHECKING, override

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.events import Event
from tillbridge.domain.lanes import PUSH_REQUESTED
from tillbridge.ports.parts import Parts

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

A_CALL = 10
"""The most messages SQS takes at once; ten parts stay far below its megabyte, even with the longest
ids."""


class SqsParts(Parts):
    """Parts on a standard queue. A part that is sent twice marks the same rows twice."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    @override
    def send(self, parts: Iterable[Event]) -> None:
        for some in batched(parts, A_CALL, strict=False):
            entries: list[SendMessageBatchRequestEntryTypeDef] = [
                {"Id": str(place), "MessageBody": body_of(part)} for place, part in enumerate(some)
            ]
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
            if answer.get("Failed"):
                raise RetryLater(
                    "SQS did not take every part of a large event. Tillbridge tries again."
                )


def body_of(part: Event) -> str:
    """Return a part as text: its event's envelope, sender included, around its own products, as
    `pos_events.read_message` reads it."""
    place: dict[str, object] = {"total": part.total, "offset": part.offset}
    if part.job:
        place["job"] = part.job
    if part.plan:
        place["plan"] = part.plan
    if part.trigger == PUSH_REQUESTED:
        named: dict[str, object] = {"product_ids": [product for product, _ in part.products]}
    else:
        named = {"products": [{"product_id": p, "version": v} for p, v in part.products]}
    metadata = {
        "event_id": part.id,
        "schema_version": "1.0",
        "store_id": part.store,
        "occurred_at": datetime.fromtimestamp(part.occurred_ms / 1_000, UTC).isoformat(),
        **({"requested_by": part.by} if part.by else {}),
    }
    sender = {"source": part.sender.source, "account": part.sender.aws_account}
    detail = {"metadata": metadata, "data": {**named, **place}}
    event = {"detail-type": part.trigger, **sender, "detail": detail}
    return json.dumps(event, separators=(",", ":"))
