"""Times as people type them."""

import re
from datetime import UTC, datetime, timedelta

from cli.cannot_run import WrongArguments

_AGO = re.compile(r"([0-9]{1,5})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def moment(text: str, now: datetime, option: str) -> datetime:
    """Return the time that a text names: so many minutes, hours or days before `now`, or an ISO time, which is UTC
    where it names no zone. Raise WrongArguments."""
    if found := _AGO.fullmatch(text):
        return now - timedelta(**{_UNITS[found[2]]: int(found[1])})
    try:
        told = datetime.fromisoformat(text)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise WrongArguments(
            f"{option} cannot be '{text}'. Say how long ago, such as 30m, 2h or 3d, or a time such as "
            "2026-11-21T09:30Z."
        ) from problem
