"""`tillbridge sign-in`: a token for the API of the local world's console."""

from typing import Annotated

import typer

from cli.commands.options import StackOption


def command(
    who: Annotated[
        str, typer.Option("--as", help="Who: olivia (owner), sam (staff of demo) or vera.")
    ] = "olivia",
    stack: StackOption = "",
) -> None:
    """Print a token for the console's API in the local world."""
    from cli.deployment.sign_in import local_token
    from cli.deployment.target import need_target
    from cli.screen.console import console

    console.print(local_token(need_target(stack), who), soft_wrap=True)
