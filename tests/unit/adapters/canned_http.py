"""A requests adapter that answers from a list, without opening a socket."""

import io
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3
from requests.adapters import BaseAdapter

from tillbridge.adapters.http import new_http_session

type Step = Callable[[requests.PreparedRequest], requests.Response] | Exception


@dataclass
class Canned(BaseAdapter):
    """Plays its steps in order; it raises a step that is an error."""

    steps: list[Step]
    asked: list[requests.PreparedRequest] = field(default_factory=list)
    timeouts: list[Any] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        with self._lock:
            self.asked.append(request)
            self.timeouts.append(timeout)
            step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step(request)

    def close(self) -> None:
        return None

    def http_session(self) -> requests.Session:
        """Return an HTTP session that reaches nothing but these answers."""
        http = new_http_session()
        http.mount("http://", self)
        http.mount("https://", self)
        return http


def answer(status: int, body: bytes = b"{}", headers: Mapping[str, str] | None = None) -> Step:
    """Return a whole answer."""

    def respond(request: requests.PreparedRequest) -> requests.Response:
        response = requests.Response()
        response.status_code = status
        response.headers.update(headers or {})
        response.request = request
        response.url = request.url or ""
        response.raw = urllib3.HTTPResponse(io.BytesIO(body), preload_content=False)
        return response

    return respond
