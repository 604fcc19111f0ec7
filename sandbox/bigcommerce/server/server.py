"""The store as a server: in a thread for tests and the local world, or in the foreground."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from sandbox.addresses import listen, reached_at
from sandbox.bigcommerce.hooks.dispatcher import Dispatcher
from sandbox.bigcommerce.lab.control_client import Control
from sandbox.bigcommerce.lab.shop_client import Shop
from sandbox.bigcommerce.server.app import create_app
from sandbox.bigcommerce.state.config import StoreConfig
from sandbox.bigcommerce.state.store import Store


@dataclass(frozen=True, slots=True)
class Address:
    """What a client needs to use a store."""

    api_url: str
    store_hash: str
    token: str


def _uvicorn(store: Store) -> uvicorn.Server:
    # Connections are kept alive for long: only a hazard drops one.
    config = uvicorn.Config(
        create_app(store=store),
        log_level="critical",
        access_log=False,
        lifespan="off",
        date_header=False,  # the store's own clock says the date
        timeout_keep_alive=75,
    )
    return uvicorn.Server(config)


class StoreServer:
    """A running store, as a context manager; port 0 takes any free port."""

    def __init__(
        self,
        port: int = 0,
        quota: str = "standard",
        record: Path | str | None = None,
        window_ms: float = 30_000,
        stock_delay_ms: float = 150,
        latency_ms: float = 0,
        host: str = "127.0.0.1",
        config: StoreConfig | None = None,
    ) -> None:
        self.config = config or StoreConfig(
            quota=quota,
            window_ms=window_ms,
            stock_delay_ms=stock_delay_ms,
            latency_ms=latency_ms,
            record=Path(record) if record else None,
        )
        self.store = Store(self.config)
        self._host, self._port = host, port
        self._server = _uvicorn(self.store)
        self._thread: threading.Thread | None = None
        self._dispatcher = Dispatcher(self.store)

    def start(self) -> Self:
        """Listen and serve in a thread; return once it is ready. Raises TimeoutError."""
        listener = listen(self._host, self._port)
        self._port = listener.getsockname()[1]
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, daemon=True
        )
        self._thread.start()
        self._dispatcher.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise TimeoutError("The sandbox store did not start.")
            time.sleep(0.005)  # until uvicorn says that it serves, which nothing can wait for
        return self

    def stop(self) -> None:
        """Stop serving and close the store."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=10)
            self._dispatcher.stop()
        self.store.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def api_url(self) -> str:
        """The base address; the API is below /stores/{hash}/v3 and /v2."""
        return reached_at(self._host, self._port)

    @property
    def store_hash(self) -> str:
        """The store's hash."""
        return self.config.store_hash

    @property
    def token(self) -> str:
        """The store's token."""
        return self.config.token

    @property
    def control(self) -> Control:
        """A client of the control API."""
        return Control(self.api_url)

    @property
    def shop(self) -> Shop:
        """A client for shoppers and the staff of web orders."""
        return Shop(self.api_url)


def serve_forever(
    config: StoreConfig,
    port: int,
    host: str = "127.0.0.1",
    on_ready: Callable[[Address], None] | None = None,
) -> None:
    """Serve a store in the foreground until interrupted; call back once with its address."""
    listener = listen(host, port)
    api_url = reached_at(host, listener.getsockname()[1])
    address = Address(api_url, config.store_hash, config.token)
    if on_ready:
        on_ready(address)
    store = Store(config)
    dispatcher = Dispatcher(store)
    dispatcher.start()
    try:
        _uvicorn(store).run(sockets=[listener])
    finally:
        dispatcher.stop()
        store.close()
