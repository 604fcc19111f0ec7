"""The sandbox POS, and a server before it that spoils what it answers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
import requests
import uvicorn
from rich.console import Console
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cli.check_pos.run import Report
from cli.check_pos.table import report_table
from sandbox.pos.demo_catalogue import demo_products
from sandbox.pos.server import PosServer


@pytest.fixture(scope="module")
def pos() -> Iterator[PosServer]:
    with PosServer() as server:
        server.cloud.load(demo_products())
        server.cloud.delete_product("p-1038")
        yield server


type Spoil = Callable[[str, str, dict[str, Any]], dict[str, Any]]
"""What a spoiler makes of the path, the query and the body of a response; `refused` is its status then."""


@contextmanager
def spoilt(pos: PosServer, spoil: Spoil) -> Iterator[str]:
    """Run a vendor's server that spoils the sandbox's responses; yield its address."""

    async def relay(request: Request) -> Response:
        answered = await run_in_threadpool(
            requests.request,
            request.method,
            f"{pos.base_url}{request.url.path}?{request.url.query}",
            data=await request.body(),
            headers={k: v for k, v in request.headers.items() if k != "host"},
            timeout=5,
        )
        body = answered.json()
        if answered.ok:
            body = spoil(request.url.path, request.url.query, body)
        kind = answered.headers["Content-Type"]
        status = body.get("refused", answered.status_code)
        return Response(json.dumps(body), status, media_type=kind)

    app = Starlette(routes=[Route("/{path:path}", relay, methods=["GET", "POST", "PUT"])])
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


def printed(report: Report) -> str:
    written = io.StringIO()
    Console(file=written, width=400).print(report_table(report))
    return written.getvalue()
