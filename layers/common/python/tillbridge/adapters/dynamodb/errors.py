"""The one place where DynamoDB's errors become ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from tillbridge.domain.errors import Conflict, RetryLater, TillbridgeError

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
    """A condition did not hold; `item` is what was there, None when nothing was."""

    def __init__(self, item: dict[str, Any] | None) -> None:
        super().__init__("Somebody else changed this row first")
        self.item = item


class TransactionCancelled(Conflict):
    """A transaction wrote nothing; `refused` holds the places of the conditions that failed.

    Empty `refused`: another transaction was at work on the same rows."""

    def __init__(self, refused: frozenset[int]) -> None:
        super().__init__("Somebody else changed these rows first")
        self.refused = refused


@contextmanager
def our_errors() -> Iterator[None]:
    """Raises our error in place of DynamoDB's. What only a bug or a missing permission causes
    stays as it is."""
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
    """What people read when the tables cannot be reached."""
    return "Tillbridge's own database is busy. Nothing to do: Tillbridge tries again by itself."


def _ours(exc: ClientError) -> TillbridgeError | None:
    response: dict[str, Any] = dict(exc.response)
    code = response["Error"]["Code"]
    if code == _LOST_RACE:
        return ConditionFailed(response.get("Item"))
    if code == _CANCELLED:
        return _cancelled(response.get("CancellationReasons", []))
    if code in _PASSING:
        return RetryLater(busy_words())
    return None


def _cancelled(reasons: list[dict[str, Any]]) -> TillbridgeError | None:
    codes = [reason.get("Code", "None") for reason in reasons]
    if set(codes) <= {"None", CONDITION_FAILED, "TransactionConflict"}:
        return TransactionCancelled(
            frozenset(place for place, code in enumerate(codes) if code == CONDITION_FAILED)
        )
    passing = {"ProvisionedThroughputExceeded", "ThrottlingError"}
    return RetryLater(busy_words()) if passing & set(codes) else None
