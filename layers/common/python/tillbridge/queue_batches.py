"""A batch of a queue's messages: a message that fails on a bug returns to its queue alone, and the
others are done. When AWS itself fails, every message would, so the rest returns untried.

Powertools' batch processor takes messages one by one only, cannot stop when AWS fails, and makes a
function start 70 ms later."""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from tillbridge.domain.errors import RetryLater, SavedByNewer
from tillbridge.domain.message_version import refuse_newer_message
from tillbridge.set_aside import Record, SetAside, returned_often

type BatchResponse = dict[str, list[dict[str, str]]]
"""What Lambda reads: the messages that return to their queue."""

NONE_FAILED: BatchResponse = {"batchItemFailures": []}

_OF_ONE_MESSAGE = frozenset(
    {
        "InvalidMessageContents",
        "InvalidParameterValue",
        "ValidationError",
        "ValidationException",
    }
)
"""The codes with which AWS refuses what one message made us send. DynamoDB names a statement of a batch
that cannot be (adapters/dynamodb/statements.py) otherwise than a whole request."""

log = logging.getLogger(__name__)


def together(
    records: Sequence[Record], work: Callable[[Sequence[Record]], object], aside: SetAside
) -> BatchResponse:
    """Call `work` for all messages at once, but alone for those that returned often. When that fails
    on a bug, call it for each alone to find the guilty ones, which return or are given up; so `work`
    must do no harm when it is repeated."""
    fresh = [record for record in records if not returned_often(record)]
    try:
        if fresh:
            work(fresh)
    except Exception as trouble:  # whatever a bug raises must not take the others along
        if _is_of_aws(trouble):
            log.exception("batch returns to its queue", extra={"messages": len(records)})
            return _returning(records)
        log.warning("batch fails together", extra={"messages": len(records), "why": repr(trouble)})
        return one_by_one(records, lambda record: work([record]), aside)
    suspects = [record for record in records if returned_often(record)]
    return one_by_one(suspects, lambda record: work([record]), aside)


def one_by_one(
    records: Sequence[Record], work: Callable[[Record], object], aside: SetAside | None = None
) -> BatchResponse:
    """Call `work` for each message in turn. One that fails returns, and with it what follows in its
    group of a FIFO queue, which must not be handled before it. Without `aside`, the queue itself
    puts apart what returned too often."""
    returning: list[Record] = []
    blocked: set[str] = set()
    # What may kill the function comes last, but where the order counts.
    in_turn = sorted(records, key=lambda each: not is_fifo(each) and returned_often(each))
    for place, record in enumerate(in_turn):
        group = _group(record)
        if group in blocked:
            returning.append(record)
            continue
        try:
            if aside is None:
                work(record)
            else:
                aside.work(record, work)
        except Exception as trouble:  # noqa: BLE001 - whatever a bug raises concerns this message alone
            _log_return(record, trouble)
            if _is_of_aws(trouble):
                returning += in_turn[place:]
                break
            if aside is not None and aside.gives_up(record, trouble):
                continue
            returning.append(record)
            blocked |= {group} - {""}
    return _returning(returning)


def body_of(record: Record) -> dict[str, Any]:
    """Return the values in the body of one of our own messages. Raise SavedByNewer for one of a later release,
    and ValueError for what is no such body."""
    refuse_newer_message(record["body"])
    values = json.loads(record["body"])
    if not isinstance(values, dict):
        raise TypeError("the body of a message is an object")
    return values


def is_fifo(record: Record) -> bool:
    """Return whether a message comes from a FIFO queue."""
    return str(record["eventSourceARN"]).endswith(".fifo")


def _log_return(record: Record, trouble: Exception) -> None:
    extra = {"message_id": record["messageId"]}
    newer = isinstance(trouble, SavedByNewer)  # its words say what to do: no traceback
    words = str(trouble) if newer else "message returns to its queue"
    log.error(words, exc_info=None if newer else trouble, extra=extra)


def _group(record: Record) -> str:
    """Return the group that a message must keep its order in, or ''. On a standard queue a group is
    for fairness, not order."""
    return str(record["attributes"]["MessageGroupId"]) if is_fifo(record) else ""


def _is_of_aws(trouble: Exception) -> bool:
    """Return whether AWS failed, as it would for any other message."""
    if isinstance(trouble, ClientError):
        return trouble.response["Error"]["Code"] not in _OF_ONE_MESSAGE
    if isinstance(trouble, ParamValidationError):
        return False  # botocore refused to send what the message made of the call
    return isinstance(trouble, (RetryLater, BotoCoreError))


def _returning(records: Sequence[Record]) -> BatchResponse:
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in records]}
