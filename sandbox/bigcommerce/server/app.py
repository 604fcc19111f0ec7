"""The ASGI application: the API under /stores/{hash}, the sandbox's own under /_sandbox."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.bigcommerce.lab.control_routes import control_routes
from sandbox.bigcommerce.server.api_routes import DROP, api_routes
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.bigcommerce.state.store import Store


def create_app(config: StoreConfig | None = None, store: Store | None = None) -> ASGIApp:
    """Build the application of one store; pass a store to inspect it from a test."""
    store = store or Store(config or StoreConfig())
    inner = Starlette(
        routes=[
            Mount("/_sandbox", routes=control_routes(store)),
            *api_routes(store),
        ]
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[DROP] = _dropper(send)
        await inner(scope, receive, send)

    return app


def _dropper(send: Send) -> Callable[[], bool]:
    """Return a function that cuts the connection under uvicorn, or returns False without one."""

    def drop() -> bool:
        cycle = getattr(send, "__self__", None)
        transport = getattr(cycle, "transport", None)
        if transport is None:
            return False
        transport.abort()
        return True

    return drop
