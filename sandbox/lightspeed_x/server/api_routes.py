"""The routes of the vendor's API, its authorize page and its token endpoint."""

import asyncio
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sandbox.lightspeed_x.lab.control_routes import account_routes
from sandbox.lightspeed_x.server.cutting import cut
from sandbox.lightspeed_x.server.gate import Incoming
from sandbox.lightspeed_x.server.perform import authorise, perform
from sandbox.lightspeed_x.server.sent import Sent, packed
from sandbox.lightspeed_x.state.account import Account

METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


def lightspeed_routes(account: Account) -> list[BaseRoute]:
    """Return the routes of the vendor's API and the control routes of the account."""

    async def api(request: Request) -> Response:
        incoming = await _incoming(request)
        if slow := account.hazards.plan.slow_ms:
            await asyncio.sleep(slow / 1000)  # the vendor is told to be slow
        sent = await run_in_threadpool(perform, account, incoming)
        if sent.cut:
            cut(request)
        sent = packed(sent, request.headers.get("accept-encoding", ""))
        if sent.half:
            return _half(request, sent)
        return Response(sent.body, sent.status, sent.headers, sent.media_type)

    async def connect(request: Request) -> Response:
        sent = await run_in_threadpool(authorise, account, dict(request.query_params))
        return Response(sent.body, sent.status, sent.headers, sent.media_type)

    authorising = Route("/connect", connect, methods=["GET"])
    route = Route("/api/{version}/{path:path}", api, methods=METHODS)
    return [*account_routes(account), authorising, route]


def _half(request: Request, sent: Sent) -> Response:
    """Return an answer whose connection closes in the middle of the body."""

    async def body() -> AsyncIterator[bytes]:
        yield sent.body[: len(sent.body) // 2]
        await asyncio.sleep(0)  # the half goes out before the connection does
        cut(request)

    headers = sent.headers | {"Content-Length": str(len(sent.body))}
    return StreamingResponse(body(), sent.status, headers, sent.media_type)


async def _incoming(request: Request) -> Incoming:
    return Incoming(
        request.method,
        request.path_params["version"],
        f"/{request.path_params['path']}",
        request.query_params.multi_items(),
        {name.lower(): value for name, value in request.headers.items()},
        await request.body(),
    )
