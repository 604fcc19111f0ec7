"""`tillbridge accept`: accept drift, so that reconcile leaves it alone."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import CannotRun
from cli.commands.options import JsonOption, StackOption, StoreOption
from cli.completing import products as known
from tillbridge.domain.acceptance import Until


def command(
    product: Annotated[str, typer.Argument(help="The POS product's id.", autocompletion=known)],
    fields: Annotated[
        list[str] | None,
        typer.Argument(help="Fields, named as in `drift`. Without any: all of them."),
    ] = None,
    until: Annotated[
        Until,
        typer.Option(
            help="How long it may stay: a day, a week, until either side changes, or for ever."
        ),
    ] = Until.CHANGED,
    why: Annotated[str, typer.Option(help="The reason, for others to read.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Accept a product's drift, so that it is not repaired.

    Reconcile reports it again when the value changes on either side, or the time is over."""
    need_ids([product])
    from cli.asking.accepting import AcceptPorts
    from cli.asking.bus import person
    from cli.deployment.connections import choose
    from cli.deployment.runs import the_run
    from cli.screen.console import console, print_json
    from tillbridge.domain.errors import CannotAsk
    from tillbridge.usecases.console.accept_drift import accept_drift, drift_of

    target, name = choose(stack, store)
    deps = AcceptPorts(target)
    found = drift_of(deps, name, product, the_run(target, name).id)
    try:
        kept = accept_drift(deps, person(), name, product, found, fields or (), until, why)
    except CannotAsk as problem:
        raise CannotRun(f"{problem} `tillbridge drift` lists what it found.") from problem
    places = [each.place for each in kept]
    console.print(f"Accepted: {', '.join(places)} of {product}.")
    if as_json:
        print_json({"product": product, "accepted": places, "until": until.value})
