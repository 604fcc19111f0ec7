"""How functions read the products of a connection's store."""

import requests

from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.connection import Connection
from tillbridge.ports.clock import Clock


def open_catalogue(
    tokens: Tokens, clock: Clock, http: requests.Session, connection: Connection, deadline_ms: int
) -> BigCommerceCatalogue:
    """Return the catalogue of a connection's store, for import and links by hand; its calls end by
    `deadline_ms` (epoch ms)."""
    base = f"{connection.api_url.rstrip('/')}/stores/{connection.store_hash}"
    token = tokens.of_store(connection.store)
    http.close()  # a frozen function wakes with connections the other side has closed
    return BigCommerceCatalogue(Transport(base, token, clock, deadline_ms, http))
