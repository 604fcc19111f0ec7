"""The real clients of a house: each opens the sandbox store or the sandbox POS as the functions do."""

from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.server import PosServer
from tests.house_parts import HouseClock
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.bigcommerce.reader import BigCommerceReader
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.domain.connection import Connection


class HouseClients:
    """Opens both sides, over a session each; after `deadline_ms` (epoch) a client makes no call."""

    def __init__(self, store: StoreServer, pos: PosServer, clock: HouseClock) -> None:
        self._store_server, self._pos_server, self._clock = store, pos, clock
        self.web, self.reader, self.pos = (new_http_session() for _ in range(3))

    def close(self) -> None:
        """Close what they hold."""
        for session in (self.web, self.reader, self.pos):
            session.close()

    def catalogue_at(self, connection: Connection, deadline_ms: int) -> BigCommerceCatalogue:
        """Return the store as imports and links by hand read it."""
        base = f"{connection.api_url}/stores/{connection.store_hash}"
        transport = Transport(base, self._store_token, self._clock, deadline_ms, self.reader)
        return BigCommerceCatalogue(transport)

    def open_store(self, connection: Connection, deadline_ms: int) -> BigCommerceStore:
        """Return the store as push writes to it."""
        return BigCommerceStore(
            connection.api_url,
            connection.store_hash,
            self._store_token,
            self._clock,
            deadline_ms,
            self.web,
        )

    def open_reader(self, connection: Connection, deadline_ms: int) -> BigCommerceReader:
        """Return the store as reconcile reads it."""
        return BigCommerceReader(
            connection.api_url,
            connection.store_hash,
            self._store_token,
            self._clock,
            deadline_ms,
            self.web,
        )

    def open_pos(self, connection: Connection, deadline_ms: int) -> PosCloud:
        """Return the POS of a connection."""
        return PosCloud(
            connection.pos_account.address, self._pos_token, self._clock, deadline_ms, self.pos
        )

    def _store_token(self, _renewed: bool) -> str:
        return self._store_server.token

    def _pos_token(self, _renewed: bool) -> str:
        return self._pos_server.token
