"""Connecting a store: check it, then save its connection and one token for each side."""

from dataclasses import dataclass

import requests

from cli.cannot_run import CannotRun
from cli.deployment.accounts import Account
from cli.deployment.pos_side import PosSide, account_for
from cli.deployment.secrets import save_pos_token, save_store_token
from cli.deployment.target import Target
from tillbridge.adapters.http import new_http_session
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
        with new_http_session() as session:
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


def connect(target: Target, account: Account, token: str, pos: PosSide) -> Connection:
    """Save the connection and both tokens, and return the connection.

    Connecting again, with a new token or address, keeps the settings and resets the state."""
    facts = ask_store(account.api_url, account.store_hash, token)
    store = StoreId(account.name)
    pos_account = account_for(target, store, pos)
    save_store_token(target, store, token)
    save_pos_token(target, pos_account.key, pos.token)
    known = target.stores.find(store)
    connection = Connection(
        store=store,
        store_hash=account.store_hash,
        api_url=account.api_url.rstrip("/"),
        pos_account=pos_account,
        channel_id=facts.channel_id,
        settings=known.settings if known else Settings(),
    )
    target.stores.save_connection(connection)
    return connection
