"""The issuer as a server, in a thread."""

import threading
import time
from types import TracebackType
from typing import Self

import uvicorn

from sandbox.addresses import listen, reached_at
from sandbox.people.issuer import Issuer
from sandbox.people.issuer_routes import create_app

_START_SECONDS = 10.0


class PeopleServer:
    """A running issuer for one client, as a context manager; port 0 takes any free port.

    `known_as`: the host in its name, if callers reach it under another than it listens on."""

    def __init__(
        self,
        client_id: str,
        redirect_uri: str,
        port: int = 0,
        host: str = "127.0.0.1",
        *,
        known_as: str = "",
    ) -> None:
        self._listener = listen(host, port)
        self.address = reached_at(known_as or host, self._listener.getsockname()[1])
        self.issuer = Issuer(self.address, client_id, redirect_uri)
        config = uvicorn.Config(
            create_app(self.issuer), log_level="critical", access_log=False, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise TimeoutError("the issuer of the local world did not start")
            time.sleep(0.01)  # uvicorn tells nobody when it is ready
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=5)
        self._listener.close()
