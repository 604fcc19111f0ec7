"""`tillbridge problems`: what is wrong, cause by cause."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    cause: Annotated[
        str, typer.Argument(help="The code of one cause, such as name_taken; without it: all.")
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """List what is wrong in a store, cause by cause."""
    from cli.deployment.connections import choose
    from cli.deployment.glance import glance
    from cli.screen.console import print_json
    from cli.screen.problems_report import problems_json, show_problems
    from tillbridge.usecases.console.problems import problems

    target, name = choose(stack, store)
    found = problems(glance(target), name, cause)
    if as_json:
        print_json(problems_json(found, cause))
    else:
        show_problems(found, cause)
