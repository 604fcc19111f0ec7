"""`tillbridge store add`: connects a store."""

import re
from pathlib import Path
from typing import Annotated

import typer

from cli.commands.options import StackOption
from cli.deployment.accounts import BIGCOMMERCE, Account, remember_account

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def command(
    name: Annotated[str, typer.Argument(help="A name for this store, such as 'shop'.")],
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
    """Connect a BigCommerce store to a POS.

    BigCommerce is asked first whether hash and token are right. With no world running, the store is
    remembered for `tillbridge demo --store NAME`."""
    if not NAME.fullmatch(name):
        raise typer.BadParameter(
            f"'{name}' cannot be a name: letters, digits, - and _ only, 64 at most."
        )
    from cli.deployment.connect import ask_store, connect, pos_to_connect
    from cli.deployment.target import find_target
    from cli.screen.console import console

    account = Account(name, store_hash, str(token_file.resolve()), api_url.rstrip("/"))
    token = account.token()
    facts = ask_store(account.api_url, account.store_hash, token)
    remember_account(account)
    target = find_target(stack)
    if target is not None:
        connect(target, account, token, *pos_to_connect(target, pos_url, pos_token_file))
    console.print(f"Connected '{name}' ({facts.name or account.store_hash}, {account.api_url}).")
    if target is None:
        console.print(f"No local world is running. Try: tillbridge demo --store {name}")
