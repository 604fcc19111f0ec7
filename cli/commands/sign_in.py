"""`tillbridge sign-in`: a token for the API of the local world's console."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption


def command(
    who: Annotated[
        str, typer.Option("--as", help="Who: olivia (owner), sam (staff of demo) or vera.")
    ] = "olivia",
    stack: StackOption = "",
    as_json: JsonOption = False,
) -> None:
    """Print a token for the console's API in the local world."""
    from cli.deployment.sign_in import local_token
    from cli.deployment.target import need_target
    from cli.screen.console import console, print_json

    token = local_token(need_target(stack), who)
    if as_json:
        print_json({"who": who, "token": token})
    else:
        console.print(token, soft_wrap=True)
