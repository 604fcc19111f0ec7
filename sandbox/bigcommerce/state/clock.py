"""The wall clock of the sandbox store: of its orders, its stock, its record of calls and the Date of its
answers. A test that plays a day in a second sets `now`."""

import time
from datetime import UTC, datetime
from email.utils import format_datetime


def now() -> float:
    """Return the present time in seconds."""
    return time.time()


def http_date() -> str:
    """Return the present time as the header Date has it."""
    return format_datetime(datetime.fromtimestamp(int(now()), UTC), usegmt=True)
