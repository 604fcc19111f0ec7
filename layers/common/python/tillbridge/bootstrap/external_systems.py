"""How functions reach the POS and BigCommerce, with the access tokens of each connection."""

import requests

from tillbridge.adapters import aws
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.pos_epochs import PosInEpoch
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.connection import Connection
from tillbridge.environment import environment, lab_host
from tillbridge.ports.clock import Clock
from tillbridge.ports.pos import Pos


def access_tokens(clock: Clock) -> Tokens:
    """Return the access tokens of every store, for both sides."""
    return Tokens(aws.secretsmanager(), environment().secret_prefix, clock)


def new_session() -> requests.Session:
    """Return a session for the calls to one of the two sides."""
    return new_http_session(clear_text_to=lab_host())


def open_pos(
    tokens: Tokens, clock: Clock, http: requests.Session, connection: Connection, deadline_ms: int
) -> Pos:
    """Return the POS of a connection; its calls end by `deadline_ms` (epoch ms)."""
    token = tokens.of_pos(connection.pos_account.key)
    account = connection.pos_account
    pos = PosCloud(account.address, token, clock, deadline_ms, http)
    return PosInEpoch(pos, account.epoch)


def open_catalogue(
    tokens: Tokens, clock: Clock, http: requests.Session, connection: Connection, deadline_ms: int
) -> BigCommerceCatalogue:
    """Return the catalogue of a connection's store, for import and links by hand; its calls end by
    `deadline_ms` (epoch ms)."""
    base = f"{connection.api_url.rstrip('/')}/stores/{connection.store_hash}"
    token = tokens.of_store(connection.store)
    http.close()  # a frozen function wakes with connections the other side has closed
    return BigCommerceCatalogue(Transport(base, token, clock, deadline_ms, http))
