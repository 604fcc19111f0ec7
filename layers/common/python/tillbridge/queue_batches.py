"""A batch of a queue's messages: a message that fails on a bug returns to its queue alone, and the
others are done. When AWS itself fails, every message would, so the rest returns untried.

A message that only has to wait may return as often as its queue keeps it, so the queue's own count of
receives says nothing of bugs: a message that failed on one in its fifth receive is put apart here, with
the reason.

Powertools' batch processor takes messages one by one only, cannot stop when AWS fails, and makes a
function start 70 ms later."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from tillbridge.domain.errors import RetryLater, UnreadableStore

type Record = dict[str, Any]
"""A message as Lambda hands it over."""

type BatchResponse = dict[str, list[dict[str, str]]]
"""What Lambda reads: the messages that return to their queue."""

type GiveUp = Callable[[str, str], object]
"""Puts a message's body apart, with the reason."""

MOST_RECEIVES = 5
"""In this receive of a message, a bug is no accident."""

NONE_FAILED: BatchResponse = {"batchItemFailures": []}

_OF_ONE_MESSAGE = frozenset(
    {
        "InvalidMessageContents",
        "InvalidParameterValue",
        "ItemCollectionSizeLimitExceededException",
        "ValidationException",
    }
)
"""The codes with which AWS refuses what one message made us send."""

log = logging.getLogger(__name__)


def together(
    records: Sequence[Record], work: Callable[[Sequence[Record]], object], give_up: GiveUp
) -> BatchResponse:
    """Call `work` for all messages at once. When that fails on a bug, call it for each alone to find
    the guilty ones, which return or are given up; so `work` must do no harm when it is repeated."""
    try:
        work(records)
    except Exception as trouble:  # whatever a bug raises must not take the others along
        if _is_of_aws(trouble):
            log.exception("batch returns to its queue", extra={"messages": len(records)})
            return _returning(records)
        log.warning("batch fails together", extra={"messages": len(records), "why": repr(trouble)})
        return one_by_one(records, lambda record: work([record]), give_up)
    return NONE_FAILED


def one_by_one(
    records: Sequence[Record], work: Callable[[Record], object], give_up: GiveUp | None = None
) -> BatchResponse:
    """Call `work` for each message in turn. One that fails returns, and with it what follows in its
    group of a FIFO queue, which must not be handled before it. Without `give_up`, the queue itself
    puts apart what returned too often."""
    returning: list[Record] = []
    blocked: set[str] = set()
    for place, record in enumerate(records):
        group = _group(record)
        if group in blocked:
            returning.append(record)
            continue
        try:
            work(record)
        except Exception as trouble:  # whatever a bug raises concerns this message alone
            log.exception("message returns to its queue", extra={"message_id": record["messageId"]})
            if _is_of_aws(trouble):
                returning += records[place:]
                break
            if give_up is not None and _given_up(record, trouble, give_up):
                continue
            returning.append(record)
            blocked |= {group} - {""}
    return _returning(returning)


def _given_up(record: Record, trouble: Exception, give_up: GiveUp) -> bool:
    if isinstance(trouble, UnreadableStore):
        return False  # it waits for a person, who then need not send it again
    if int(record["attributes"]["ApproximateReceiveCount"]) < MOST_RECEIVES:
        return False
    reason = (
        f"Tillbridge failed on this message {MOST_RECEIVES} times, by a mistake of its own "
        f"({type(trouble).__name__}: {trouble}). Report it, and send the message again once it is "
        "mended."
    )
    try:
        give_up(record["body"], reason)
    except Exception:  # then it returns once more, which is no worse
        log.exception("message cannot be put apart", extra={"message_id": record["messageId"]})
        return False
    return True


def is_fifo(record: Record) -> bool:
    """Return whether a message comes from a FIFO queue."""
    return str(record["eventSourceARN"]).endswith(".fifo")


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
