"""`tillbridge drift` and `tillbridge accept`: what the last run found, and what may stay so."""

import json
from typing import Annotated

import typer

from cli.asking.runs import runs_of
from cli.commands.options import StackOption, StoreOption
from cli.deployment.connections import the_store
from cli.deployment.target import Target, need_target
from cli.screen.console import console
from cli.screen.run_report import finding_json, show_findings
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Run
from tillbridge.usecases.reconcile.naming import digest


def drift(
    run: Annotated[str, typer.Argument(help="A run; the last one without it.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="All of it, and what only informs.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Shows what a run found, field by field."""
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


def accept(
    product: Annotated[str, typer.Argument(help="The POS product's id.")],
    fields: Annotated[
        list[str] | None, typer.Argument(help="Fields as `drift` names them; all without any.")
    ] = None,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Lets drift of a product stay: it is reported again only when either side's value changes."""
    target = need_target(stack)
    name = the_store(target, store)
    found = [
        difference
        for finding in runs_of(target).findings(name, the_run(target, name, ""))
        if finding.product == product
        for difference in finding.differences
        if not fields or difference.place in fields or difference.field in fields
    ]
    if not found:
        raise typer.BadParameter(
            f"The last run found no such drift of '{product}'. `tillbridge drift` lists it."
        )
    runs_of(target).accept(name, product, {each.place: digest(each) for each in found})
    console.print(f"Accepted: {', '.join(each.place for each in found)} of {product}.")


def the_run(target: Target, store: StoreId, run_id: str) -> Run:
    """The run named, or the last. Raises typer.BadParameter when there is none."""
    runs = runs_of(target)
    found = runs.find(store, run_id) if run_id else next(iter(runs.recent(store, 1)), None)
    if found is None:
        raise typer.BadParameter("There is no such run. `tillbridge reconcile` makes one.")
    return found
