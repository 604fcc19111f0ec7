"""`tillbridge hooks`: show the webhooks of a store, and mend them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption, a_file_or_dash


class What(StrEnum):
    """What to do with the webhooks."""

    SHOW = "show"
    CHECK = "check"
    ROTATE = "rotate"


def command(
    what: Annotated[
        What,
        typer.Argument(
            help="show: what is right and what is not. check: mend what is not. rotate: give them a "
            "new secret; the old one is good for 72 hours more."
        ),
    ] = What.SHOW,
    client_secret_file: Annotated[
        Path | None,
        typer.Option(
            callback=a_file_or_dash,
            help="A file with the client secret of the store's API account: signatures are checked "
            "from then on. - asks, or reads standard input.",
        ),
    ] = None,
    require_signature: Annotated[
        bool,
        typer.Option(
            "--require-signature",
            help="Refuse calls without a signature. Only once you have seen that all have one.",
        ),
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Show the webhooks of a store, and mend them.

    Push checks them by itself, hourly. docs/webhooks.md says what they are for."""
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.home import read_secret
    from cli.deployment.hooks import keep_client_secret, rotate
    from cli.screen.console import print_json
    from cli.screen.hook_report import check_and_show, show_hooks

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    if client_secret_file is not None:
        secret = read_secret(client_secret_file, "client secret")
        connection = keep_client_secret(target, connection, secret, required=require_signature)
    elif require_signature:
        raise WrongArguments("--require-signature needs --client-secret-file: give both together.")
    if what is What.ROTATE:
        connection = rotate(target, connection)
    tell = show_hooks if what is What.SHOW else check_and_show
    told = tell(target, connection)
    if as_json:
        print_json(told)
