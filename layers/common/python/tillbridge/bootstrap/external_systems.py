"""How functions reach the POS and BigCommerce: with the tokens of the store at hand."""

from requests import Session

from tillbridge.adapters import aws
from tillbridge.adapters.bigcommerce.catalogue import BigCommerceCatalogue
from tillbridge.adapters.bigcommerce.transport import Transport
from tillbridge.adapters.pos_cloud.client import PosCloud
from tillbridge.adapters.secrets import Tokens
from tillbridge.domain.connection import Connection
from tillbridge.environment import environment
from tillbridge.ports.clock import Clock


def access_tokens(clock: Clock) -> Tokens:
    """The tokens of every store, for both sides."""
    return Tokens(aws.secretsmanager(), environment().secret_prefix, clock)


def open_pos(
    tokens: Tokens, clock: Clock, http: Session, connection: Connection, deadline_ms: int
) -> PosCloud:
    """The POS of a connection; its calls end by the deadline."""
    token = tokens.provider(connection.store, "pos")
    return PosCloud(connection.pos_url, token, clock, deadline_ms, http)


def open_catalogue(
    tokens: Tokens, clock: Clock, http: Session, connection: Connection, deadline_ms: int
) -> BigCommerceCatalogue:
    """The products of a connection's store, for import and links by hand."""
    base = f"{connection.api_url.rstrip('/')}/stores/{connection.store_hash}"
    token = tokens.provider(connection.store, "bigcommerce")
    http.close()  # a frozen function wakes with connections the other side has closed
    return BigCommerceCatalogue(Transport(base, token, clock, deadline_ms, http))
