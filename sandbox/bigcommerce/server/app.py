"""The ASGI application: the API under /stores/{hash}, the sandbox's own under /_sandbox."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.bigcommerce.calls.call import Answer
from sandbox.bigcommerce.lab.control_routes import control_routes
from sandbox.bigcommerce.server.gate import Knock, find
from sandbox.bigcommerce.server.perform import Outcome, perform
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.bigcommerce.state.record import Exchange
from sandbox.bigcommerce.state.store import Store

DROP = "sandbox.drop"


def create_app(config: StoreConfig | None = None, store: Store | None = None) -> ASGIApp:
    """Build the application of one store; hand in a store to look into it from a test."""
    store = store or Store(config or StoreConfig())
    inner = Starlette(
        routes=[
            Mount("/_sandbox", routes=control_routes(store)),
            Route("/stores/{store_hash}/{version}/{rest:path}", _Api(store)),
        ]
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[DROP] = _dropper(send)
        await inner(scope, receive, send)

    return app


def _dropper(send: Send) -> Callable[[], bool]:
    """Return what cuts the connection under uvicorn; False where there is none to cut."""

    def drop() -> bool:
        cycle = getattr(send, "__self__", None)
        transport = getattr(cycle, "transport", None)
        if transport is None:
            return False
        transport.abort()
        return True

    return drop


def agent_of(user_agent: str) -> str:
    """Return the name a client is counted under: its User-Agent up to a slash or blank."""
    return user_agent.replace("/", " ").split(" ")[0] or "unknown"


class _Api:
    """Everything under /stores/{hash}: one call in, one answer out, counted and recorded."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        started, clock = datetime.now(UTC), time.perf_counter()
        try:
            raw = await request.body()
        except ClientDisconnect:
            return  # the client died in the middle of its call: nothing of it arrived
        knock = _knock(request)
        match = find(knock)
        outcome = await perform(self._store, knock, match, dict(request.query_params), raw)
        answer = outcome.answer
        template = match.template if match else knock.path
        place = template if knock.version == "v3" else f"/{knock.version}{template}"
        self._store.traffic.count(knock.agent, f"{knock.method} {place}", answer.status)
        response = _response(answer)
        if self._store.recorder:
            self._store.recorder.write(
                Exchange(
                    method=knock.method,
                    path=request.url.path,
                    query=request.url.query,
                    request_headers=request.headers.items(),
                    request_body=raw,
                    status=None if outcome.cut else answer.status,
                    response_headers=response.headers.items(),
                    response_body=b"" if outcome.cut else bytes(response.body),
                    started_at=started,
                    ms=(time.perf_counter() - clock) * 1000,
                )
            )
        await _deliver(outcome, response, scope, receive, send)


def _knock(request: Request) -> Knock:
    headers = dict(request.headers)
    return Knock(
        agent=agent_of(headers.get("user-agent", "")),
        method=request.method,
        store_hash=request.path_params["store_hash"],
        version=request.path_params["version"],
        # The official Node and Python clients differ in a trailing .json or slash.
        path="/" + request.path_params["rest"].removesuffix(".json").rstrip("/"),
        headers=headers,
    )


def _response(answer: Answer) -> Response:
    if answer.status == 204:
        return Response(None, 204, answer.headers)
    body: Any = answer.body
    if not isinstance(body, str):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, answer.status, answer.headers, answer.media_type)


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
    # Half the body that the length promises, and then no more.
    half = body[: len(body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    scope[DROP]()


async def _trickle(body: bytes, seconds: float, send: Send) -> None:
    """Send a body in twenty parts with a pause before each."""
    size = -(-len(body) // 20) or 1
    for at in range(0, len(body), size):
        await asyncio.sleep(seconds)
        part = body[at : at + size]
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
