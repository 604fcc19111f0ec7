"""How long another system asks us to wait, by the headers of its answer."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tillbridge.domain.waiting import LONGEST_WAIT_MS

LONGEST_WAIT_S = LONGEST_WAIT_MS / 1_000

_MOST_DIGITS = 15


def whole(text: str | None) -> int | None:
    """Return the whole number of a header, at least 0, at most fifteen nines; None when it is
    none."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if digits != text:
        return 0
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS - 1


def told_seconds(text: str | None) -> float | None:
    """Return the seconds that a header asks for, 15 minutes at most; None when it is no number."""
    seconds = whole(text)
    return None if seconds is None else min(float(seconds), LONGEST_WAIT_S)


def told_wait(text: str | None, now_ms: int) -> float | None:
    """Return the seconds that a header asks for, which holds seconds or an HTTP date (RFC 9110), 15
    minutes at most; None when it is neither."""
    when = _date(text or "") if whole(text) is None else None
    if when is None:
        return told_seconds(text)
    seconds = (when - datetime.fromtimestamp(now_ms / 1_000, UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT_S)


def _date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text[:100])
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
