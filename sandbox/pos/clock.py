"""The wall clock of the sandbox POS; no other module reads it. A test that plays a day in a second sets
`now`."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> float:
    """Return the present time in seconds."""
    return time.time()


def utc_now() -> datetime:
    """Return the present time as an aware datetime in UTC."""
    return datetime.fromtimestamp(now(), UTC)


def timestamp(moment: datetime) -> str:
    """Return a time as RFC 3339 with milliseconds and Z, as the API and the events write it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
