"""The store behind a session of `requests`, without a socket: calls come one at a time."""

import json
from collections.abc import Coroutine
from threading import Lock
from typing import Any, override
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.models import PreparedRequest, Response

from sandbox.bigcommerce.calls.call import Answer
from sandbox.bigcommerce.server.api_routes import agent_of
from sandbox.bigcommerce.server.call_log import count
from sandbox.bigcommerce.server.gate import IncomingCall, find
from sandbox.bigcommerce.server.perform import Outcome, perform
from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.store import Store
from sandbox.without_socket import WithoutSocket, body_of, response_to

ADDRESS = "https://api.bigcommerce.example"
"""Where a session that mounts `InProcess` reaches the store."""


class InProcess(WithoutSocket):
    """Carries each request to the store itself; one whose answer is cut raises ConnectionError. Hazards that take time
    (slow, trickle, image-slow) are not for it: nobody waits here."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._lock = Lock()

    @override
    def answer(self, request: PreparedRequest) -> Response:
        url = urlsplit(str(request.url))
        incoming = _incoming(request, url.path)
        match = find(incoming)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        with self._lock:
            outcome = _at_once(perform(self._store, incoming, match, query, body_of(request)))
            count(self._store, incoming, match, outcome.answer.status)
        if outcome.cut:
            raise requests.ConnectionError("The connection was cut.", request=request)
        return _response(request, outcome.answer)


def _at_once(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    try:
        work.send(None)
    except StopIteration as done:
        outcome: Outcome = done.value
        return outcome
    work.close()
    raise RuntimeError("A store in this process cannot wait: use a StoreServer for this hazard.")


def _incoming(request: PreparedRequest, path: str) -> IncomingCall:
    _, _, store_hash, version, rest = path.split("/", 4)
    headers = {name.lower(): str(value) for name, value in request.headers.items()}
    return IncomingCall(
        agent=agent_of(headers.get("user-agent", "")),
        method=str(request.method),
        store_hash=store_hash,
        version=version,
        path="/" + rest.removesuffix(".json").rstrip("/"),
        headers=headers,
    )


def _response(request: PreparedRequest, answer: Answer) -> Response:
    body: Any = answer.body
    if not isinstance(body, str):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    headers = {"Date": clock.http_date(), "Content-Type": answer.media_type, **answer.headers}
    raw = b"" if answer.status == 204 else body.encode()
    return response_to(request, answer.status, headers, raw)
