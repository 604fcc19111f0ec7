"""How functions reach the two sides: tokens, sessions, and the POS of each connection. What reaches BigCommerce is
loaded by those who call it (bootstrap/store_catalogue.py)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import requests

from tillbridge.adapters import (
    aws,
    wire_record,  # noqa: F401 - every wire stands on it: its pydantic is loaded while a start has a whole processor
)
from tillbridge.adapters.http import new_http_session
from tillbridge.adapters.messages.pokes import AwsPokes
from tillbridge.adapters.secrets import Tokens
from tillbridge.bootstrap.pos_openers import Mirroring, Opener, Reach
from tillbridge.domain.connection import Connection
from tillbridge.domain.pos_account import PosAccount, token_command
from tillbridge.environment import environment, lab_host, pos_mirror_table, pos_polls_queue_url
from tillbridge.ports.clock import Clock
from tillbridge.ports.pokes import Pokes

if TYPE_CHECKING:
    from tillbridge.ports.pos_mirror import MirrorReads


def access_tokens(clock: Clock) -> Tokens:
    """Return the access tokens of every store, for both sides."""
    return Tokens(aws.secretsmanager(), environment().secret_prefix, clock)


def new_session() -> requests.Session:
    """Return a session for the calls to one of the two sides."""
    return new_http_session(clear_text_to=lab_host())


def of_connection[Port](
    open_port: Opener[Port], tokens: Tokens, clock: Clock, http: requests.Session
) -> Callable[[Connection, int], Port]:
    """Return what opens a port of the POS of any connection (bootstrap/pos_of.py); its calls end by a
    deadline (epoch ms)."""

    mirroring = _mirroring()

    def opened(connection: Connection, deadline_ms: int) -> Port:
        account = connection.pos_account
        token = tokens.of_pos(account.key, token_command(account))
        return open_port(Reach(account, token, clock, deadline_ms, http, mirroring))

    return opened


def _mirroring() -> Mirroring | None:
    table = pos_mirror_table()
    if not table:
        return None

    def reads(account: PosAccount) -> "MirrorReads":
        from tillbridge.adapters.pos_mirror.reads import (  # noqa: PLC0415 - loaded with the POS (bootstrap/pos_kinds)
            DynamoMirrorReads,
        )

        return DynamoMirrorReads(aws.dynamodb(), table, account.epoch)

    return Mirroring(reads, _pokes)


def _pokes() -> Pokes:
    env = environment()
    return AwsPokes(aws.dynamodb(), env.pending_table, aws.sqs(), pos_polls_queue_url())
