"""The one place that turns DynamoDB's errors into the domain's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from tillbridge.adapters.dynamodb.attributes import refuse_newer
from tillbridge.domain.errors import Conflict, RetryLater, SavedByNewer, TillbridgeError

CONDITION_FAILED = "ConditionalCheckFailed"
_LOST_RACE = "ConditionalCheckFailedException"
_CANCELLED = "TransactionCanceledException"
_PASSING = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


class ConditionFailed(Conflict):
    """A condition did not hold; `item` is the item that was there, or None when there was none."""

    def __init__(self, item: dict[str, Any] | None) -> None:
        super().__init__("This row changed before it could be written.")
        self.item = item


class TransactionCancelled(Conflict):
    """A transaction wrote nothing; `refused` holds the indexes of the writes whose condition
    failed.

    `refused` is empty when another transaction was writing the same rows."""

    def __init__(self, refused: frozenset[int]) -> None:
        super().__init__("These rows changed before they could be written.")
        self.refused = refused


class NewerInTransaction(SavedByNewer):
    """A transaction wrote nothing, because a row of a later release is among those `refused`."""

    def __init__(self, newer: SavedByNewer, refused: frozenset[int]) -> None:
        super().__init__("This row", newer.version, newer.reads, newer.where)
        self.refused = refused


@contextmanager
def our_errors() -> Iterator[None]:
    """Raise the domain's error in place of DynamoDB's. Errors that only a bug or a missing
    permission can cause pass through unchanged."""
    try:
        yield
    except ClientError as exc:
        ours = _ours(exc)
        if ours is None:
            raise
        raise ours from exc
    except (HTTPClientError, NoConnection) as exc:
        raise RetryLater(busy_words()) from exc


def busy_words() -> str:
    """Return what people read when the tables cannot be reached."""
    return "Tillbridge's own database is busy. You need not do anything: Tillbridge tries again."


def _ours(exc: ClientError) -> TillbridgeError | None:
    response: dict[str, Any] = dict(exc.response)
    code = response["Error"]["Code"]
    if code == _LOST_RACE:
        return _newer([response]) or ConditionFailed(response.get("Item"))
    if code == _CANCELLED:
        return _cancelled(response.get("CancellationReasons", []))
    if code in _PASSING:
        return RetryLater(busy_words())
    return None


def _cancelled(reasons: list[dict[str, Any]]) -> TillbridgeError | None:
    codes = [reason.get("Code", "None") for reason in reasons]
    refused = frozenset(place for place, code in enumerate(codes) if code == CONDITION_FAILED)
    if newer := _newer(reasons):
        return NewerInTransaction(newer, refused)
    if set(codes) <= {"None", CONDITION_FAILED, "TransactionConflict"}:
        return TransactionCancelled(refused)
    passing = {"ProvisionedThroughputExceeded", "ThrottlingError"}
    return RetryLater(busy_words()) if passing & set(codes) else None


def _newer(refusals: list[dict[str, Any]]) -> SavedByNewer | None:
    try:
        for refusal in refusals:
            refuse_newer(refusal.get("Item") or {})
    except SavedByNewer as newer:
        return newer
    return None
