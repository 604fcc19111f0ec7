"""`tillbridge runs`: list the reconcile runs that are kept."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    limit: Annotated[
        int, typer.Option(min=1, max=500, help="How many to list, newest first.")
    ] = 20,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """List the latest reconcile runs.

    Each line says when the run began, how long it took, and what it read, found and repaired."""
    from cli.deployment.connections import choose
    from cli.deployment.runs import runs_of
    from cli.screen.console import console, print_json
    from cli.screen.run_report import run_json, show_runs

    target, name = choose(stack, store)
    found = runs_of(target).recent(name, limit)
    if as_json:
        print_json({"runs": [run_json(run) for run in found]})
    elif found:
        show_runs(found)
    else:
        console.print("Nothing has been compared yet. `tillbridge reconcile` compares both sides.")
