"""Records of traffic as JSON lines, with tokens masked, to hold against the vendor's file."""

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SECRET = frozenset({"authorization", "cookie"})


class Recording:
    """A file that gets one line for each call; without a path nothing is written. Thread-safe."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)

    def note(self, asked: Mapping[str, Any], answered: Mapping[str, Any]) -> None:
        """Write a call and its answer; bodies are bytes, headers a mapping."""
        if self._path is None:
            return
        line = {
            "method": asked["method"],
            "path": asked["path"],
            "query": asked["query"],
            "request_headers": _masked(asked["headers"]),
            "request_body": _readable(asked["body"]),
            "status": answered["status"],
            "response_headers": _masked(answered["headers"]),
            "response_body": _readable(answered["body"]),
        }
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(text)


def _masked(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name.lower(): "***" if name.lower() in _SECRET else text for name, text in headers.items()
    }


def _readable(body: bytes) -> Any:
    """Return a body as JSON, else as text, None if empty."""
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
