"""Times as JSON has them."""

from datetime import UTC, datetime
from typing import Any


class Moment(str):
    """A time in UTC, such as 2026-11-21T12:00:00.000Z (ISO 8601)."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: Any) -> Any:
        """Return how Pydantic, which makes the schema, takes it: as a text."""
        return handler(str)

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: Any) -> dict[str, str]:
        """Return what the schema says of it."""
        return {"type": "string", "format": "date-time"}


def moment(at_ms: int) -> Moment:
    """Return a time (epoch ms)."""
    found = datetime.fromtimestamp(at_ms / 1_000, UTC).isoformat(timespec="milliseconds")
    return Moment(found.replace("+00:00", "Z"))


def moment_or_never(at_ms: int) -> Moment | None:
    """Return a time (epoch ms); None of 0, which is never."""
    return moment(at_ms) if at_ms else None
