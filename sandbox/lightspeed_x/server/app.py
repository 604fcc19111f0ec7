"""The routes as an ASGI application, over a shop whose own wire and control routes are beside it."""

import asyncio

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from sandbox.lightspeed_x.lab.control_routes import account_routes
from sandbox.lightspeed_x.server.cutting import cut, with_cutter
from sandbox.lightspeed_x.server.gate import Incoming
from sandbox.lightspeed_x.server.perform import authorise, perform
from sandbox.lightspeed_x.state.account import Account
from sandbox.pos.control_routes import control_routes

METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


def lightspeed_app(account: Account) -> ASGIApp:
    """Return the vendor's API with the control routes of the account and of its shop."""
    routes = [*lightspeed_routes(account), *control_routes(account.cloud)]
    return with_cutter(Starlette(routes=routes))


def lightspeed_routes(account: Account) -> list[BaseRoute]:
    """Return the routes of the vendor's API and the control routes of the account."""

    async def api(request: Request) -> Response:
        incoming = await _incoming(request)
        if slow := account.hazards.plan.slow_ms:
            await asyncio.sleep(slow / 1000)  # the vendor is told to be slow
        sent = await run_in_threadpool(perform, account, incoming)
        if sent.cut:
            cut(request)
        return Response(sent.body, sent.status, sent.headers, sent.media_type)

    async def connect(request: Request) -> Response:
        sent = await run_in_threadpool(authorise, account, dict(request.query_params))
        return Response(sent.body, sent.status, sent.headers, sent.media_type)

    authorising = Route("/connect", connect, methods=["GET"])
    route = Route("/api/{version}/{path:path}", api, methods=METHODS)
    return [*account_routes(account), authorising, route]


async def _incoming(request: Request) -> Incoming:
    return Incoming(
        request.method,
        request.path_params["version"],
        f"/{request.path_params['path']}",
        request.query_params.multi_items(),
        {name.lower(): value for name, value in request.headers.items()},
        await request.body(),
    )
