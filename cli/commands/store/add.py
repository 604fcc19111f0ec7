"""`tillbridge store add`: connect a store."""

import re
from pathlib import Path
from typing import Annotated

import typer

from cli.cannot_run import CannotRun
from cli.commands.options import StackOption
from cli.deployment.accounts import BIGCOMMERCE, Account, remember_account

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def command(
    name: Annotated[str, typer.Argument(help="A name for this store, such as 'shop'.")],
    store_hash: Annotated[
        str,
        typer.Option(
            "--hash", help="The store hash: the part after stores/ in the API account's path."
        ),
    ],
    token_file: Annotated[
        Path,
        typer.Option(
            exists=True, dir_okay=False, help="A file that holds the BigCommerce access token."
        ),
    ],
    api_url: Annotated[
        str, typer.Option(help="BigCommerce's address; a sandbox store has another.")
    ] = BIGCOMMERCE,
    pos_url: Annotated[
        str, typer.Option(help="The POS API's address; in the local world not needed.")
    ] = "",
    pos_token_file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A file that holds the POS's access token."),
    ] = None,
    pos_sender: Annotated[
        str,
        typer.Option(
            help="Who puts the POS's events on the bus: their source, such as pos.example; if from "
            "another AWS account than the stack's, pos.example@123456789012."
        ),
    ] = "",
    stack: StackOption = "",
) -> None:
    """Connect a BigCommerce store to a POS.

    Hash and token are checked with BigCommerce first. If no local world is running, the store is
    remembered for `tillbridge demo --store NAME`. Hash and token come from a store-level API
    account, made in BigCommerce's control panel under Settings."""
    if not NAME.fullmatch(name):
        raise CannotRun(
            f"'{name}' cannot be a name. Use letters, digits, - and _ only, 64 at most."
        )
    from cli.deployment.connect import ask_store, connect
    from cli.deployment.pos_side import told_pos
    from cli.deployment.target import find_target
    from cli.screen.console import console

    account = Account(name, store_hash, str(token_file.resolve()), api_url.rstrip("/"))
    token = account.token()
    facts = ask_store(account.api_url, account.store_hash, token)
    remember_account(account)
    target = find_target(stack)
    if target is not None:
        pos = told_pos(target, pos_url, pos_token_file, pos_sender)
        connect(target, account, token, pos)
    console.print(f"Connected '{name}' ({facts.name or account.store_hash}, {account.api_url}).")
    if target is None:
        console.print(f"No local world is running. Try: tillbridge demo --store {name}")
