"""Connecting a store: check it, then save its connection and one token for each side."""

from dataclasses import dataclass
from pathlib import Path

import requests

from cli.cannot_run import CannotRun
from cli.deployment.accounts import Account
from cli.deployment.home import read_token
from cli.deployment.secrets import put_secret, read_secret
from cli.deployment.target import Target
from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.ids import StoreId


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a connection needs from GET /v2/store."""

    channel_id: int = 1
    name: str = ""


def ask_store(api_url: str, store_hash: str, token: str) -> StoreFacts:
    """Check address, hash and token with one call. Raise CannotRun if one is wrong."""
    address = f"{api_url.rstrip('/')}/stores/{store_hash}/v2/store"
    headers = {"X-Auth-Token": token, "Accept": "application/json"}
    try:
        with requests.Session() as session:
            answer = session.get(address, headers=headers, timeout=20)
    except requests.RequestException as problem:
        raise CannotRun(f"No answer from {api_url}. Check --api-url and the network.") from problem
    if answer.status_code in (401, 403):
        raise CannotRun(
            f"BigCommerce refuses the token ({answer.status_code}). Check --hash, the token and its "
            "scopes (products, inventory, information)."
        )
    if answer.status_code != 200:
        raise CannotRun(f"{address} returned status {answer.status_code}. Check --hash.")
    try:
        facts = answer.json()
    except ValueError as problem:
        raise CannotRun(
            f"{address} does not answer as BigCommerce does. Check --api-url."
        ) from problem
    return StoreFacts(int(facts.get("default_channel_id") or 1), str(facts.get("name", "")))


def connect(
    target: Target,
    account: Account,
    token: str,
    pos_url: str,
    pos_token: str,
) -> Connection:
    """Save the connection and both tokens, and return the connection.

    Connecting again, with a new token or address, keeps the settings and resets the state."""
    facts = ask_store(account.api_url, account.store_hash, token)
    put_secret(target, account.name, "bigcommerce", token)
    put_secret(target, account.name, "pos", pos_token)
    known = target.stores.find(StoreId(account.name))
    connection = Connection(
        store=StoreId(account.name),
        store_hash=account.store_hash,
        api_url=account.api_url.rstrip("/"),
        pos_url=pos_url.rstrip("/"),
        channel_id=facts.channel_id,
        settings=known.settings if known else Settings(),
    )
    target.stores.save_connection(connection)
    return connection


def pos_to_connect(target: Target, url: str, token_file: Path | None) -> tuple[str, str]:
    """Return the address and token of the POS to connect to.

    With neither address nor file, in a local world, that is the POS of the first connected store.
    Raise CannotRun when there is none, and for one without the other."""
    if url and token_file:
        return url, read_token(token_file)
    asked = bool(url or token_file)
    known = target.stores.all() if not asked and target.endpoint_url else ()
    connection = target.stores.find(known[0]) if known else None
    if connection is None:
        raise CannotRun("Give the POS's address and token: --pos-url and --pos-token-file.")
    return connection.pos_url, read_secret(target, connection.store, "pos")
