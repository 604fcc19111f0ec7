"""`tillbridge store …`: connecting stores."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cli.commands.options import StackOption, StoreOption
from cli.deployment.accounts import BIGCOMMERCE, Account, remember_account
from cli.deployment.connect import ask_store, connect
from cli.deployment.connections import connection_of, the_store
from cli.deployment.secrets import read_secret
from cli.deployment.target import Target, find_target, need_target
from cli.screen.console import console, table
from cli.screen.settings_words import NoSuchSetting, as_words, changed

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

_NO_STORE = (
    "No store is connected here. `tillbridge up` starts a local world with one; "
    "`tillbridge store add NAME --hash … --token-file …` connects yours."
)

app = typer.Typer(help="The stores that are connected.", no_args_is_help=True)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="How you call this store, such as 'shop'.")],
    store_hash: Annotated[
        str, typer.Option("--hash", help="The store hash, from the API account's path.")
    ],
    token_file: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="A file that holds the API token.")
    ],
    api_url: Annotated[
        str, typer.Option(help="Another address than BigCommerce's own.")
    ] = BIGCOMMERCE,
    pos_url: Annotated[str, typer.Option(help="The POS API; the local world's by itself.")] = "",
    pos_token_file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A file that holds the POS token."),
    ] = None,
    stack: StackOption = "",
) -> None:
    """Connects a BigCommerce store, after asking it whether hash and token are right.

    With no world running, the store is remembered for `tillbridge demo --store NAME`."""
    if not NAME.fullmatch(name):
        raise typer.BadParameter(
            f"'{name}' cannot be a name: letters, digits, - and _ only, 64 at most."
        )
    account = Account(name, store_hash, str(token_file.resolve()), api_url.rstrip("/"))
    token = account.token()
    facts = ask_store(account.api_url, account.store_hash, token)
    remember_account(account)
    target = find_target(stack)
    if target is not None:
        where, pos_token = _pos(target, pos_url, pos_token_file)
        connect(target, account, token, where, pos_token)
    console.print(f"Connected '{name}' ({facts.name or account.store_hash}, {account.api_url}).")
    if target is None:
        console.print(f"No local world is running. Try: tillbridge demo --store {name}")


def _pos(target: Target, pos_url: str, pos_token_file: Path | None) -> tuple[str, str]:
    # In a local world there is one POS: the one its first store is connected with.
    if pos_url and pos_token_file:
        return pos_url, pos_token_file.read_text(encoding="utf-8").strip()
    known = target.stores.all() if target.endpoint_url else ()
    connection = target.stores.find(known[0]) if known else None
    if connection is None:
        raise typer.BadParameter("Say where the POS is: --pos-url and --pos-token-file.")
    return connection.pos_url, read_secret(target, connection.store, "pos")


@app.command("list")
def list_stores(stack: StackOption = "") -> None:
    """The connected stores and how they are."""
    target = find_target(stack)
    connections = (
        [] if target is None else [target.stores.find(each) for each in target.stores.all()]
    )
    rows = [
        (c.store, c.api_url, c.store_hash, c.state.value, c.attention_words)
        for c in connections
        if c is not None
    ]
    if not rows:
        console.print(_NO_STORE)
        return
    console.print(table("Stores", ("name", "address", "hash", "state", "what it needs"), rows))


@app.command("set")
def set_settings(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="NAME=VALUE, such as safety_stock=2 or price=manual; none shows all."),
    ] = None,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Changes settings of a store (docs/settings.md) and shows them all."""
    target = need_target(stack)
    connection = connection_of(target, the_store(target, store))
    try:
        settings = changed(connection.settings, words or ())
    except NoSuchSetting as problem:
        raise typer.BadParameter(str(problem)) from problem
    if settings != connection.settings:
        target.stores.save_connection(replace(connection, settings=settings))
    rows = [(name, value or "(all)") for name, value in as_words(settings).items()]
    console.print(table(f"Settings of {connection.store}", ("setting", "value"), rows))


@app.command("pause")
def pause(store: StoreOption = "", stack: StackOption = "") -> None:
    """Stops a store: changes are noted, nothing is sent or compared until it is resumed."""
    target = need_target(stack)
    connection = connection_of(target, the_store(target, store))
    target.stores.set_paused(connection, paused=True)
    name = connection.store
    console.print(f"'{name}' is paused. Changes wait; `tillbridge store resume` sends them.")


@app.command("resume")
def resume(store: StoreOption = "", stack: StackOption = "") -> None:
    """Lets a store go on, also one that waits after trouble: what waits is sent now."""
    target = need_target(stack)
    connection = connection_of(target, the_store(target, store))
    target.stores.set_paused(connection, paused=False)
    target.signals.signal(connection.store)
    console.print(f"'{connection.store}' goes on.")
