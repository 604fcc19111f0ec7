"""Records of traffic as JSON lines, with tokens masked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

SECRET_HEADERS = frozenset({"x-auth-token", "x-auth-client", "authorization", "cookie"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call and its answer as they went over the wire; ms is the duration."""

    method: str
    path: str
    query: str
    request_headers: list[tuple[str, str]]
    request_body: bytes
    status: int | None
    response_headers: list[tuple[str, str]]
    response_body: bytes
    started_at: datetime
    ms: float


class Recorder:
    """A file that gets one line for each call."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = path.open("a", encoding="utf-8")

    def write(self, exchange: Exchange) -> None:
        """Write one call; status is null where the connection was dropped."""
        line = {
            "method": exchange.method,
            "path": exchange.path,
            "query": exchange.query,
            "request_headers": masked(exchange.request_headers),
            "request_body": readable(exchange.request_body),
            "status": exchange.status,
            "response_headers": masked(exchange.response_headers),
            "response_body": readable(exchange.response_body),
            "started_at": exchange.started_at.isoformat(),
            "ms": round(exchange.ms, 3),
        }
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def masked(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers with credentials replaced."""
    return {
        name.lower(): "***" if name.lower() in SECRET_HEADERS else value for name, value in headers
    }


def readable(body: bytes) -> Any:
    """Return a body as JSON, else as text, None if empty."""
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
