"""The one door of the local world for what comes from outside: it hands calls on to the HTTP APIs of the
local AWS, whose own addresses name them."""

import sys
import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import requests
import urllib3

from sandbox.addresses import reached_at

SECONDS = 30
LONGEST_BODY = 10 * 1_048_576
"""What an HTTP API takes, in bytes."""

AT_ONCE = 2
"""Calls handed on at a time. ministack starts a process for each call of a function under way, and eight
that start at once take longer than BigCommerce waits."""

_OF_THE_CONNECTION = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "expect"}
)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of callers that hang up."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Door:
    """Listens from its making on; answers 503 until it knows what is behind it. `apis`: the id of the API
    behind each beginning of a path. `turns`: of each API, how many calls are handed on at once."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.apis: dict[str, str] = {}
        self.endpoint_url = ""
        self.turns: dict[str, threading.Semaphore] = {}
        self._server = _Server((host, port), _handler(self))
        self.address = reached_at(host, self._server.server_port)

    def open(self, endpoint_url: str, apis: Mapping[str, str]) -> None:
        """Hand calls on to these APIs of the local AWS at `endpoint_url` from now on."""
        self.turns = {api: threading.Semaphore(AT_ONCE) for api in apis.values()}
        self.apis = dict(apis)
        self.endpoint_url = endpoint_url

    def behind(self, path: str) -> str | None:
        """Return the API that a path leads to, that of its longest beginning; None when there is none."""
        begins = [each for each in self.apis if path.startswith(each)]
        return self.apis[max(begins, key=len)] if begins else None

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(door: Door) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _hand_on(self) -> None:
            length = self.headers.get("Content-Length", "0")
            if not length.isdigit() or int(length) > LONGEST_BODY:
                self.close_connection = True  # what follows is not read
                self._answer(413, {}, b"")
                return
            body = self.rfile.read(int(length))
            api = door.behind(self.path)
            if not door.endpoint_url or api is None:
                self._answer(404 if door.endpoint_url else 503, {}, b"")
                return
            try:
                with (
                    door.turns[api],
                    requests.request(
                        self.command,
                        f"{door.endpoint_url}/_aws/execute-api/{api}/$default{self.path}",
                        data=body,
                        headers={
                            "Accept-Encoding": "identity",
                            **_kept(dict(self.headers.items())),
                        },
                        timeout=SECONDS,
                        allow_redirects=False,
                        stream=True,
                    ) as found,
                ):
                    # As it is packed: the browser unpacks it. Cookies must not become one header.
                    content = found.raw.read(decode_content=False)
                    cookies = found.raw.headers.getlist("set-cookie")
                    self._answer(found.status_code, found.headers, content, cookies)
            except (requests.RequestException, urllib3.exceptions.HTTPError):
                self._answer(502, {}, b"")

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _hand_on  # noqa: N815 - the base's names

        def _answer(
            self, status: int, headers: Mapping[str, str], body: bytes, cookies: Sequence[str] = ()
        ) -> None:
            self.send_response(status)
            for name, value in _kept(headers).items():
                self.send_header(name, value)
            for each in cookies:
                self.send_header("Set-Cookie", each)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
            """Say nothing: an address holds a key."""

    return Handler


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    dropped = _OF_THE_CONNECTION | {"set-cookie", "date", "server"}
    return {name: value for name, value in headers.items() if name.lower() not in dropped}
