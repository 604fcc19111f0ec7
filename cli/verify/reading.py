"""Reading either side's API: wait for quotas, retry passing errors, report lasting ones."""

import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import requests

from cli.verify.model import Json
from tillbridge.adapters.http import new_http_session

TRIES = 8
TIMEOUT_SECONDS = (10, 60)
LONGEST_WAIT_SECONDS = 60.0


class ReadFailedError(Exception):
    """A side could not be read; the message says which one, and what to do."""


class Reader:
    """A client of one side's API that only reads. Numbers with a decimal point become Decimal."""

    def __init__(self, side: str, base: str, headers: Mapping[str, str]) -> None:
        self._side, self._base = side, base.rstrip("/")
        self._session = new_http_session()
        self._session.headers.update({"Accept": "application/json", **headers})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def get(self, path: str, **query: Any) -> Json:
        """Return the JSON of a GET. Raise ReadFailedError.

        `__` in a query name stands for a colon: `id__in` is `id:in`."""
        names = {name.replace("__", ":"): value for name, value in query.items()}
        found: Json = self._read("GET", path, params=names)
        return found

    def records(self, path: str, **query: Any) -> list[Json]:
        """Return the records of a list of v2, which has no envelope, and no body when it is empty. Raise
        ReadFailedError."""
        found = self._read("GET", path, nothing=(204,), params=query)
        if found is None:
            return []
        if not isinstance(found, list):
            raise ReadFailedError(f"The {self._side} answers with no list at {path}.")
        return found

    def find(self, path: str, **query: Any) -> Json | None:
        """Return the JSON of a GET of one record, None where there is none. Raise ReadFailedError."""
        found: Json | None = self._read("GET", path, nothing=(204, 404), params=query)
        return found

    def post(self, path: str, body: Json) -> Any:
        """Return the JSON of a POST that only reads. Raise ReadFailedError."""
        return self._read("POST", path, json=body)

    def _read(self, method: str, path: str, nothing: Collection[int] = (), **rest: Any) -> Any:
        """Return the JSON of an answer, None for one of the statuses `nothing`."""
        trouble = ""
        for attempt in range(TRIES):
            try:
                answer = self._session.request(
                    method, self._base + path, timeout=TIMEOUT_SECONDS, **rest
                )
                if answer.status_code == 200 or answer.status_code in nothing:
                    there = answer.status_code == 200
                    data = answer.json(parse_float=Decimal) if there else None
                    _spare_the_quota(answer)
                    return data
            except (requests.ConnectionError, requests.Timeout, requests.JSONDecodeError) as error:
                trouble = type(error).__name__
                time.sleep(_back_off(attempt))  # - the network may come back
                continue
            trouble = f"HTTP {answer.status_code}"
            if answer.status_code != 429 and answer.status_code < 500:
                break
            time.sleep(_asked_wait(answer) or _back_off(attempt))  # - as the answer asks
        raise ReadFailedError(
            f"The {self._side} could not be read ({trouble} at {path}). "
            "Check that it is running and that its address and token are right."
        )


def _spare_the_quota(answer: requests.Response) -> None:
    # Leave the last call of a window to others, so that verify never causes a 429.
    if int(answer.headers.get("X-Rate-Limit-Requests-Left", "2")) < 2:
        time.sleep(_asked_wait(answer))  # - until the next window


def _asked_wait(answer: requests.Response) -> float:
    """Return the seconds to wait according to the headers, the longer of two; 0 without any."""
    reset = float(answer.headers.get("X-Rate-Limit-Time-Reset-Ms", "0")) / 1000
    after = answer.headers.get("X-Retry-After") or answer.headers.get("Retry-After") or "0"
    return min(max(reset, _seconds(after)), LONGEST_WAIT_SECONDS)


def _seconds(after: str) -> float:
    """Return how long `Retry-After` asks to wait: it holds seconds, or a date (RFC 9110)."""
    if after.replace(".", "", 1).isdigit():
        return float(after)
    try:
        until = parsedate_to_datetime(after)
    except ValueError:
        return 1.0
    return max(1.0, (until - datetime.now(UTC)).total_seconds())


def _back_off(attempt: int) -> float:
    return min(0.2 * 2.0**attempt, 10.0)
