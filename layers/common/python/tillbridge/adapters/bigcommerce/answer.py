"""BigCommerce's answers, parsed as far as every call needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tillbridge.adapters.bigcommerce.encoding import decode
from tillbridge.adapters.borders.waits import told_seconds, whole
from tillbridge.adapters.http import Incoming
from tillbridge.domain.quota import Reading
from tillbridge.domain.waiting import LONGEST_WAIT_MS


class UnreadableAnswerError(Exception):
    """A success whose body is not as documented; a create may have been applied."""


class UnreadableRecordError(UnreadableAnswerError):
    """A success of which one record cannot be read. It would come the same a second time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `body` is None when it is empty or not JSON (proxies send HTML)."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def data(self) -> Any:
        """The `data` of a success. Raise UnreadableAnswerError when there is none."""
        if not isinstance(self.body, dict) or self.body.get("data") is None:
            raise UnreadableAnswerError("the answer has no data")
        return self.body["data"]

    @property
    def one(self) -> Any:
        """The one record of a success, which some 207s wrap in a list. Raise
        UnreadableAnswerError."""
        data = self.data
        if isinstance(data, list):
            if len(data) != 1:
                raise UnreadableAnswerError(f"the answer has {len(data)} records, not one")
            return data[0]
        return data

    @property
    def many(self) -> list[Any]:
        """The records of a success. Raise UnreadableAnswerError when `data` is no list."""
        data = self.data
        if not isinstance(data, list):
            raise UnreadableAnswerError("the answer has no list of records")
        return data

    @property
    def total(self) -> int | None:
        """How many records match in all, or None when the answer does not say."""
        meta = self.body.get("meta") if isinstance(self.body, dict) else None
        pagination = meta.get("pagination") if isinstance(meta, dict) else None
        return _total(pagination.get("total")) if isinstance(pagination, dict) else None


def answer_of(incoming: Incoming) -> Answer:
    """Return the parsed answer; a body that is not JSON becomes None."""
    try:
        body = decode(incoming.body) if incoming.body.strip() else None
    except ValueError:
        body = None
    return Answer(incoming.status, incoming.headers, body)


def reading_of(headers: Mapping[str, str]) -> Reading | None:
    """Return what the quota headers say, or None when one is missing or is no number."""
    values = [
        whole(headers.get(f"X-Rate-Limit-{name}"))
        for name in ("Requests-Quota", "Requests-Left", "Time-Reset-Ms", "Time-Window-Ms")
    ]
    quota, left, reset_ms, window_ms = values
    if quota is None or left is None or reset_ms is None:
        return None
    return Reading(
        quota, left, min(reset_ms, LONGEST_WAIT_MS), min(window_ms or 0, LONGEST_WAIT_MS)
    )


def requested_wait(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that BigCommerce asks us to wait, by the longer of its two headers, 15
    minutes at most; None without either."""
    reset_ms = whole(headers.get("X-Rate-Limit-Time-Reset-Ms"))
    told = told_seconds(headers.get("X-Retry-After") or headers.get("Retry-After"))
    waits = [
        *([] if reset_ms is None else [min(reset_ms, LONGEST_WAIT_MS) / 1_000]),
        *([] if told is None else [told]),
    ]
    return max(waits, default=None)


def _total(value: Any) -> int | None:
    return whole(str(value)) if type(value) in (int, str) else None
