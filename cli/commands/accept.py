"""`tillbridge accept`: accept drift, so that reconcile leaves it alone."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import CannotRun
from cli.commands.options import StackOption, StoreOption


def command(
    product: Annotated[str, typer.Argument(help="The POS product's id.")],
    fields: Annotated[
        list[str] | None,
        typer.Argument(help="Fields, named as in `drift`. Without any: all of them."),
    ] = None,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Accept a product's drift, so that it is not repaired.

    Reconcile reports it again only when the value changes on either side."""
    need_ids([product])
    from cli.asking.accepting import note_accepted
    from cli.deployment.connections import choose
    from cli.deployment.runs import runs_of, the_run
    from cli.screen.console import console

    target, name = choose(stack, store)
    found = [
        difference
        for finding in runs_of(target).findings(name, the_run(target, name))
        if finding.product == product
        for difference in finding.differences
        if not fields or difference.place in fields or difference.field in fields
    ]
    if not found:
        raise CannotRun(
            f"The last run found no such drift in '{product}'. "
            "`tillbridge drift` lists what it found."
        )
    runs_of(target).accept(name, product, {each.place: each.digest for each in found})
    note_accepted(target, name, product, found)
    console.print(f"Accepted: {', '.join(each.place for each in found)} of {product}.")
