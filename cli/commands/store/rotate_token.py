"""`tillbridge store rotate-token`: give a store a new access token."""

from pathlib import Path
from typing import Annotated

import typer

from cli.cannot_run import CannotRun
from cli.commands.options import JsonOption, StackOption, StoreOption, a_file_or_dash


def command(
    token_file: Annotated[
        Path,
        typer.Option(
            callback=a_file_or_dash,
            help="A file that holds the new BigCommerce access token; - asks, or reads standard input.",
        ),
    ],
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Give a store a new access token of BigCommerce.

    It is tried before it is kept; a store that needed attention is tried with it at once. Keep the
    old API account for five minutes more."""
    from cli.deployment.both_sides import store_scopes
    from cli.deployment.connections import choose
    from cli.deployment.home import read_token
    from cli.deployment.secrets import token_box
    from cli.deployment.settings import TokenTables
    from cli.screen.console import console, print_json
    from cli.screen.store_report import scopes_table, token_json
    from tillbridge.domain.errors import CannotAsk, TillbridgeError
    from tillbridge.usecases.rotate_token import TokenLacks, rotate_token

    target, chosen = choose(stack, store)
    token = read_token(token_file)
    deps = TokenTables(target.stores, store_scopes(), token_box(target), target.signals)
    try:
        reads = rotate_token(deps, chosen, token)
    except TokenLacks as why:
        console.print(scopes_table(why.reads))
        if as_json:
            print_json(token_json(chosen, why.reads, kept=False))
        raise CannotRun("The old token stays: the new one cannot do what is needed.") from None
    except CannotAsk as why:
        raise CannotRun(str(why)) from None
    except TillbridgeError as why:
        raise CannotRun(f"The old token stays. {why}") from None
    console.print(scopes_table(reads))
    console.print(f"'{chosen}' has its new token. Delete the old API account in five minutes.")
    if as_json:
        print_json(token_json(chosen, reads, kept=True))
