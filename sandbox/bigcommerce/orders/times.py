"""Times of orders: whole seconds, written in RFC 2822, filtered by full timestamps."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.validate import parse_time
from sandbox.bigcommerce.state import clock


def rfc2822(seconds: int) -> str:
    """Return a time as v2 writes it."""
    return format_datetime(datetime.fromtimestamp(seconds, UTC))


def iso8601(seconds: int) -> str:
    """Return a time as v3 writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def v2_time(name: str, text: str) -> int | None:
    """Return the seconds of a filter in RFC 2822 or ISO 8601; None for a bare date, which does not
    filter: v2 then answers with all orders. Raises Refusal 400 for anything else."""
    try:
        stamp = parsedate_to_datetime(text)
        return int(stamp.replace(tzinfo=stamp.tzinfo or UTC).timestamp())
    except ValueError:
        moment = parse_time(text)
    if moment is None:
        raise refuse(400, f"The field '{name}' is invalid.")
    return int(moment.timestamp()) if "T" in text else None


def v3_time(name: str, text: str) -> int:
    """Return the seconds of a filter; a bare date gets the current time appended (orders.v3.yml).
    Raises Refusal 422 if it is no time."""
    moment = parse_time(text.replace(" ", "+"))
    if moment is None:
        raise refuse(422, f"The filter '{name}' is invalid.")
    if "T" not in text:
        moment = datetime.combine(
            moment.date(), datetime.fromtimestamp(clock.now(), UTC).time(), UTC
        )
    return int(moment.timestamp())
