"""`tillbridge store pause`: pause a store."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    why: Annotated[str, typer.Option("--why", help="Why, for whoever meets it paused.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Pause a store: note changes, send nothing.

    Nothing is sent until the store is resumed; both sides go on being compared."""
    from cli.asking.bus import person
    from cli.cannot_run import WrongArguments
    from cli.deployment.connections import choose
    from cli.screen.console import console, print_json
    from cli.screen.store_report import state_json
    from tillbridge.adapters.clock import SystemClock
    from tillbridge.domain.errors import CannotAsk
    from tillbridge.usecases.pausing import pause

    target, chosen = choose(stack, store)
    try:
        connection = pause(target.stores, SystemClock(), chosen, person(), why)
    except CannotAsk as problem:
        raise WrongArguments(str(problem)) from problem
    console.print(f"'{connection.store}': {connection.pause.words}", soft_wrap=True)
    console.print("Changes wait; `tillbridge store resume` sends them.")
    if as_json:
        print_json(state_json(connection))
