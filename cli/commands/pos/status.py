"""`tillbridge pos status`: how the polls of each POS are."""

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
    """Show how each POS that is polled is: trouble, last poll, what waits.

    What is shown is what the polls noted; the POS itself is not asked."""
    from cli.deployment.polls import chosen_accounts
    from cli.deployment.target import need_target
    from cli.pos.standing import standing_of
    from cli.screen.console import print_json
    from cli.screen.poll_report import show_standing, standing_json
    from cli.screen.pos_report import say_line
    from tillbridge.domain.pos_account import POLLED

    target = need_target(stack)
    chosen = chosen_accounts(target, account)
    found = [standing_of(target, each) for each in chosen if each.kind in POLLED]
    for each in found:
        show_standing(each)
    if not found:
        say_line("No POS here is polled: each tells of its changes itself.")
    if as_json:
        print_json(standing_json(found))
