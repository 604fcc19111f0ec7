"""Cutting a connection instead of answering, where there is one to cut."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

_CUT = "sandbox.cut"


def with_cutter(app: ASGIApp) -> ASGIApp:
    """Return an application whose requests can be cut."""

    async def cuttable(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[_CUT] = _cutter(send)
        await app(scope, receive, send)

    return cuttable


def cut(request: Request) -> None:
    """Cut the connection of a request; without one, as in the same process, do nothing."""
    cutter: Callable[[], None] | None = request.scope.get(_CUT)
    if cutter is not None:
        cutter()


def _cutter(send: Send) -> Callable[[], None] | None:
    """Return what cuts the connection under uvicorn."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    return None if transport is None else transport.abort
