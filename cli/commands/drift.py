"""`tillbridge drift`: what a run of reconcile found."""

import json
from typing import Annotated

import typer

from cli.commands.options import StackOption, StoreOption


def command(
    run: Annotated[str, typer.Argument(help="A run; the last one without it.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="All of it, and what only informs.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Show what a run of reconcile found, by field."""
    from cli.deployment.connections import the_store
    from cli.deployment.runs import runs_of, the_run
    from cli.deployment.target import need_target
    from cli.screen.console import console
    from cli.screen.run_report import finding_json, show_findings

    target = need_target(stack)
    name = the_store(target, store)
    chosen = the_run(target, name, run)
    found = [f for f in runs_of(target).findings(name, chosen) if everything or f.drift]
    if as_json:
        typer.echo(json.dumps([finding_json(each) for each in found], indent=1))
    elif found:
        show_findings(found, len(found) if everything else 50)
    else:
        console.print(f"Run {chosen.id} found no drift.", highlight=False)
