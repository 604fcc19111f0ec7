"""A server on the loopback address that hears what hooks are told."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Heard:
    """One call: its headers, its raw body and what is in it."""

    headers: dict[str, str]
    raw: bytes
    at: float

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.raw)
        return body


@dataclass(slots=True)
class Receiver:
    """Hears calls until it is closed; `status` is what it answers, or a function of the call."""

    status: int | Callable[[Heard], int] = 200
    heard: list[Heard] = field(default_factory=list)
    server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                heard = Heard(headers, raw, time.monotonic())
                receiver.heard.append(heard)
                status = receiver.status
                self.send_response(status if isinstance(status, int) else status(heard))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hooks/here"

    def bodies(self, scope: str = "store/") -> list[dict[str, Any]]:
        """Return what came of a scope."""
        found = [heard.body for heard in self.heard]
        return [body for body in found if body["scope"].startswith(scope)]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
