"""The sandbox POS as a server in a thread: `with PosServer(...) as pos: pos.base_url`."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.addresses import listen, reached_at
from sandbox.pos.api_routes import PosApi
from sandbox.pos.claim_check import ObjectStore
from sandbox.pos.cloud import TWO_OUTLETS, PosCloud
from sandbox.pos.control_routes import control_routes
from sandbox.pos.model import Outlet
from sandbox.pos.publisher import ListPublisher, Publisher

_PATIENCE_S = 10.0


def pos_routes(cloud: PosCloud, token: str) -> list[Route]:
    """Return the routes of the POS API and of its control."""
    return [*PosApi(cloud, token).routes(), *control_routes(cloud)]


def pos_app(cloud: PosCloud, token: str) -> Starlette:
    """Return the POS API and its control routes as an ASGI application."""
    return Starlette(routes=pos_routes(cloud, token))


class PosServer:
    """A POS that serves `host`:`port` (0 for any free port) from entry to exit.

    The address is known as soon as it is constructed.
    """

    def __init__(
        self,
        port: int = 0,
        publisher: Publisher | None = None,
        store_ids: Sequence[str] = ("demo",),
        *,
        host: str = "127.0.0.1",
        token: str = "",
        outlets: Sequence[Outlet] = TWO_OUTLETS,
        objects: ObjectStore | None = None,
        currency: str = "USD",
    ) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self.cloud = PosCloud(
            publisher or ListPublisher(),
            store_ids,
            outlets=outlets,
            objects=objects,
            currency=currency,
        )
        self._socket = listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.base_url = reached_at(host, self.port)
        config = uvicorn.Config(
            self.application(),
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="sandbox-pos", daemon=True)

    def application(self) -> ASGIApp:
        """Return what is served; another wire of the same shop adds its own."""
        return pos_app(self.cloud, self.token)

    def shop_unit(self, product_id: str, variant_id: str | None) -> tuple[str, str | None]:
        """Return what the shop calls a product, or a variant of it, that has these ids on the wire. Raises KeyError."""
        return product_id, variant_id

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])

    def start(self) -> None:
        """Start serving. Raises RuntimeError if the server does not start."""
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("The sandbox POS did not start.")
            time.sleep(0.005)  # until uvicorn says that it serves, which nothing can wait for

    def stop(self) -> None:
        """Stop serving and free the port."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_PATIENCE_S)
        self._socket.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()
