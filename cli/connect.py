"""Connecting a store: its row, and one secret per side."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import requests
import typer

from cli.target import SECRET_PREFIX, Target, home
from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.ids import StoreId

BIGCOMMERCE = "https://api.bigcommerce.com"


@dataclass(frozen=True, slots=True)
class Account:
    """Where a BigCommerce store is and which file holds its token; the token itself is nowhere."""

    name: str
    store_hash: str
    token_file: str
    api_url: str = BIGCOMMERCE

    def token(self) -> str:
        """The token, read now."""
        return Path(self.token_file).read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What GET /v2/store says that the connector must know."""

    channel_id: int = 1
    name: str = ""


def ask_store(api_url: str, store_hash: str, token: str) -> StoreFacts:
    """Proves address, hash and token by one call. Raises typer.BadParameter saying what is wrong."""
    address = f"{api_url.rstrip('/')}/stores/{store_hash}/v2/store"
    headers = {"X-Auth-Token": token, "Accept": "application/json"}
    try:
        with requests.Session() as session:
            answer = session.get(address, headers=headers, timeout=20)
    except requests.RequestException as problem:
        raise typer.BadParameter(
            f"No answer from {api_url}. Check --api-url and the network."
        ) from problem
    if answer.status_code in (401, 403):
        raise typer.BadParameter(
            f"BigCommerce refuses the token ({answer.status_code}). Check --hash, the token and its "
            "scopes (products, inventory, information)."
        )
    if answer.status_code != 200:
        raise typer.BadParameter(f"{address} answered {answer.status_code}. Check --hash.")
    facts = answer.json()
    return StoreFacts(int(facts.get("default_channel_id") or 1), str(facts.get("name", "")))


def connect(
    target: Target,
    account: Account,
    token: str,
    pos_url: str,
    pos_token: str,
) -> Connection:
    """Writes the connection and both secrets. Connecting again (a new token, another address) keeps
    the settings; the state begins anew."""
    facts = ask_store(account.api_url, account.store_hash, token)
    _put_secret(target, f"{SECRET_PREFIX}/{account.name}/bigcommerce", token)
    _put_secret(target, f"{SECRET_PREFIX}/{account.name}/pos", pos_token)
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


def _put_secret(target: Target, name: str, token: str) -> None:
    secrets = target.client("secretsmanager")
    text = json.dumps({"access_token": token})
    try:
        secrets.create_secret(Name=name, SecretString=text)
    except secrets.exceptions.ResourceExistsException:
        secrets.put_secret_value(SecretId=name, SecretString=text)


def read_secret(target: Target, store: str, side: str) -> str:
    """A token, for commands that must ask the POS or the store themselves."""
    secrets = target.client("secretsmanager")
    value = secrets.get_secret_value(SecretId=f"{SECRET_PREFIX}/{store}/{side}")
    token: str = json.loads(value["SecretString"])["access_token"]
    return token


def remember_account(account: Account) -> Path:
    """Keeps an account (without its token) for a later `demo --store`."""
    path = home() / "stores" / f"{account.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(account), indent=1))
    return path


def find_account(name: str) -> Account:
    """The account remembered by `store add`. Raises typer.BadParameter when there is none."""
    path = home() / "stores" / f"{name}.json"
    if not path.exists():
        raise typer.BadParameter(
            f"No store named '{name}' was added. Add it with "
            f"`tillbridge store add {name} --hash … --token-file …`."
        )
    return Account(**json.loads(path.read_text()))
