"""The account as a server in a thread: `with LightspeedServer(...) as shop: shop.base_url`."""

import signal
import threading
from collections.abc import Callable, Sequence
from typing import override

from starlette.applications import Starlette
from starlette.types import ASGIApp

from sandbox.lightspeed_x.hooks.sender import Sender
from sandbox.lightspeed_x.server.api_routes import lightspeed_routes
from sandbox.lightspeed_x.server.cutting import with_cutter
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.config import AccountConfig
from sandbox.pos.cloud import TWO_OUTLETS
from sandbox.pos.model import Outlet
from sandbox.pos.publisher import Publisher
from sandbox.pos.server import PosServer, pos_routes


class LightspeedServer(PosServer):
    """One shop with two wires: the vendor's below /api, the POS contract's below /v1.

    The vendor puts no events on a bus, so the shop has no stores to tell. `cloud` is the shop. Who wants to know what
    happened in it gives a publisher and a store's name.
    """

    def __init__(
        self,
        port: int = 0,
        config: AccountConfig | None = None,
        *,
        host: str = "127.0.0.1",
        publisher: Publisher | None = None,
        store_ids: Sequence[str] = (),
        outlets: Sequence[Outlet] = TWO_OUTLETS,
        currency: str = "USD",
    ) -> None:
        self._config = config
        super().__init__(port, publisher, store_ids, host=host, outlets=outlets, currency=currency)

    def application(self) -> ASGIApp:
        """Return both wires over this shop, with the control routes of both."""
        self.account = Account(self.cloud, self._config)
        self.sender = Sender(self.account)
        routes = [*pos_routes(self.cloud, self.token), *lightspeed_routes(self.account)]
        return with_cutter(Starlette(routes=routes))

    def start(self) -> None:
        """Start serving, and making the calls to hooks. Raises RuntimeError if it does not start."""
        super().start()
        self.sender.start()

    def stop(self) -> None:
        """Stop both and free the port."""
        self.sender.stop()
        super().stop()

    @override
    def shop_unit(self, product_id: str, variant_id: str | None) -> tuple[str, str | None]:
        return self.account.shop_unit(variant_id or product_id)

    @property
    def api_token(self) -> str:
        """The personal token of the account."""
        return self.account.config.token


def serve_forever(
    config: AccountConfig, port: int, host: str, on_ready: Callable[[LightspeedServer], None]
) -> None:
    """Serve an account until SIGINT or SIGTERM; call back once it is served."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with LightspeedServer(port, config, host=host) as shop:
        on_ready(shop)
        ended.wait()
