"""`tillbridge pos outlets`: the outlets of a POS, and which stores sell from them."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption


def command(
    account: Annotated[
        str, typer.Option(help="The key of a POS account; without it, every account's.")
    ] = "",
    as_json: JsonOption = False,
    stack: StackOption = "",
) -> None:
    """List the outlets of each POS, and the stores that sell from them.

    The POS is asked. One that does not answer, and an outlet that a store's settings name and that is
    closed or missing, are said, and make the exit status 1."""
    from cli.deployment.polls import chosen_accounts
    from cli.deployment.target import need_target
    from cli.pos.outlets import outlets_of
    from cli.screen.console import print_json
    from cli.screen.pos_report import outlets_json, show_outlets

    target = need_target(stack)
    found = [outlets_of(target, each) for each in chosen_accounts(target, account)]
    for each in found:
        show_outlets(each)
    if as_json:
        print_json(outlets_json(found))
    if any(each.odd or each.trouble for each in found):
        raise typer.Exit(1)
