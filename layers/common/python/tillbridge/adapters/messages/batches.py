"""Many messages to one queue, ten a call; one that SQS does not take stops no other."""

import logging
from collections.abc import Sequence
from itertools import batched
from time import sleep
from typing import TYPE_CHECKING
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

A_CALL = 10
"""The most messages SQS takes at once."""

WAITS_S = (0.0, 0.2, 1.0)
"""What SQS did not take is sent again after these waits."""

_OF_THE_MESSAGES = frozenset({"InvalidMessageContents", "InvalidParameterValue"})

log = logging.getLogger(__name__)


class _SqsFails(Exception):
    """SQS fails, as it would for any other message."""


def send_all(
    client: "SQSClient", url: str, messages: Sequence["SendMessageBatchRequestEntryTypeDef"]
) -> list[int]:
    """Send every message, and return the places of those that SQS did not take, in order. Each
    message has its place as its Id."""
    left = list(range(len(messages)))
    for wait in WAITS_S:
        if left and wait:
            sleep(wait)  # SQS refuses a part of a batch mostly because it is throttled
        todo, left = left, []
        for number, some in enumerate(batched(todo, A_CALL, strict=False)):
            try:
                left += _not_taken(client, url, [messages[place] for place in some])
            except _SqsFails:
                log.exception("SQS fails", extra={"messages": len(todo)})
                left += todo[number * A_CALL :]
                break
    return left


def fifo_entry(place: int, group: str, body: str) -> "SendMessageBatchRequestEntryTypeDef":
    """Return the message at a place of a list for a FIFO queue. It has a deduplication id of its own:
    one that SQS drops as a repeat would lose work."""
    return {
        "Id": str(place),
        "MessageBody": body,
        "MessageGroupId": group,
        "MessageDeduplicationId": uuid4().hex,
    }


def _not_taken(
    client: "SQSClient", url: str, some: list["SendMessageBatchRequestEntryTypeDef"]
) -> list[int]:
    """Send up to ten messages and return the places of those not taken. Where one of them makes SQS
    refuse the whole call, each is sent alone. Raise _SqsFails."""
    try:
        answer = client.send_message_batch(QueueUrl=url, Entries=some)
    except (ClientError, BotoCoreError) as trouble:
        if not _is_of_the_messages(trouble):
            raise _SqsFails from trouble
        if len(some) > 1:
            return [place for one in some for place in _not_taken(client, url, [one])]
        log.exception("message refused")
        return [int(some[0]["Id"])]
    return sorted(int(failed["Id"]) for failed in answer.get("Failed", []))


def _is_of_the_messages(trouble: ClientError | BotoCoreError) -> bool:
    if isinstance(trouble, ClientError):
        return trouble.response["Error"]["Code"] in _OF_THE_MESSAGES
    return isinstance(trouble, ParamValidationError)
