"""/stores/{hash}: calls received over HTTP, and their answers, sent whole or cut."""

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.bigcommerce.calls.call import Answer
from sandbox.bigcommerce.server.call_log import count, record
from sandbox.bigcommerce.server.gate import IncomingCall, find
from sandbox.bigcommerce.server.perform import Outcome, perform
from sandbox.bigcommerce.state import clock
from sandbox.bigcommerce.state.record import Exchange
from sandbox.bigcommerce.state.store import Store

# Where a scope holds the function that cuts its connection.
DROP = "sandbox.drop"


def agent_of(user_agent: str) -> str:
    """Return the name a client is counted under: its User-Agent up to a slash or blank."""
    return user_agent.replace("/", " ").split(" ")[0] or "unknown"


def api_routes(store: Store) -> list[Route]:
    """Return the one route that serves every documented operation."""
    return [Route("/stores/{store_hash}/{version}/{rest:path}", _Api(store))]


class _Api:
    """The handler of everything under /stores/{hash}; it counts and records each call."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        started, began = clock.now(), time.perf_counter()
        try:
            raw = await request.body()
        except ClientDisconnect:
            return  # the client died in the middle of its call: it has no effect
        incoming = _incoming(request)
        match = find(incoming)
        outcome = await perform(self._store, incoming, match, dict(request.query_params), raw)
        answer = outcome.answer
        count(self._store, incoming, match, answer.status)
        response = _response(answer)
        record(
            self._store,
            Exchange(
                method=incoming.method,
                path=request.url.path,
                query=request.url.query,
                request_headers=request.headers.items(),
                request_body=raw,
                status=None if outcome.cut else answer.status,
                response_headers=response.headers.items(),
                response_body=b"" if outcome.cut else bytes(response.body),
                started_at=datetime.fromtimestamp(started, UTC),
                ms=(time.perf_counter() - began) * 1000,
            ),
        )
        await _deliver(outcome, response, scope, receive, send)


def _incoming(request: Request) -> IncomingCall:
    headers = dict(request.headers)
    return IncomingCall(
        agent=agent_of(headers.get("user-agent", "")),
        method=request.method,
        store_hash=request.path_params["store_hash"],
        version=request.path_params["version"],
        # The official Node and Python clients differ in a trailing .json or slash.
        path="/" + request.path_params["rest"].removesuffix(".json").rstrip("/"),
        headers=headers,
    )


def _response(answer: Answer) -> Response:
    headers = {"Date": clock.http_date(), **answer.headers}
    if answer.status == 204:
        return Response(None, 204, headers)
    body: Any = answer.body
    if not isinstance(body, str):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, answer.status, headers, answer.media_type)


async def _deliver(
    outcome: Outcome, response: Response, scope: Scope, receive: Receive, send: Send
) -> None:
    if outcome.cut == "all" and scope[DROP]():
        return
    if not outcome.cut and not outcome.drop_seconds:
        await response(scope, receive, send)
        return
    body = bytes(response.body)
    headers = [*response.raw_headers]
    start = {"type": "http.response.start", "status": response.status_code, "headers": headers}
    await send(start)
    if outcome.drop_seconds:
        await _trickle(body, outcome.drop_seconds, send)
        return
    # Send half of what Content-Length announces, then cut the connection.
    half = body[: len(body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    scope[DROP]()


async def _trickle(body: bytes, seconds: float, send: Send) -> None:
    """Send a body in twenty parts with a pause before each."""
    size = -(-len(body) // 20) or 1
    for at in range(0, len(body), size):
        await asyncio.sleep(seconds)  # the body trickles
        part = body[at : at + size]
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
