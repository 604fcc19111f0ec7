"""`tillbridge drift`: show what a reconcile run found."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    run: Annotated[
        str, typer.Argument(help="A run, as `runs` names it. Without it: the last run.")
    ] = "",
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also show findings that are not drift, and do not shorten."),
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Show what a reconcile run found, field by field."""
    from cli.deployment.connections import choose
    from cli.deployment.runs import runs_of, the_run
    from cli.screen.console import console, print_json
    from cli.screen.run_report import finding_json, show_findings

    target, name = choose(stack, store)
    chosen = the_run(target, name, run)
    found = [f for f in runs_of(target).findings(name, chosen) if everything or f.drift]
    if as_json:
        print_json({"run": chosen.id, "findings": [finding_json(each) for each in found]})
    elif found:
        show_findings(found, len(found) if everything else 50)
    else:
        console.print(f"Run {chosen.id} found no drift.")
