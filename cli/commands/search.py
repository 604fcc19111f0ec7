"""`tillbridge search`: find products by the beginning of their name, SKU or number."""

import json
from typing import Annotated

import typer

from cli.commands.options import StackOption, StoreOption
from cli.sides.view_choices import Side, Status


def command(
    text: Annotated[str, typer.Argument(help="The beginning of a name, SKU or number.")] = "",
    side: Annotated[
        Side, typer.Option(help="pos: products in the POS; web: products in BigCommerce.")
    ] = Side.POS,
    status: Annotated[Status | None, typer.Option(help="Only products with this status.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50,
    after: Annotated[str, typer.Option(help="Start after the product with this id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Find products by the beginning of a name, SKU or number."""
    from cli.deployment.connections import the_store
    from cli.deployment.target import need_target
    from cli.screen.console import console, errors
    from cli.screen.view_table import print_page
    from cli.sides.views import page

    target = need_target(stack)
    name = the_store(target, store)
    with errors.status("searching"):
        found = page(target, name, side, text=text, status=status, limit=limit, after=after)
    if as_json:
        typer.echo(json.dumps({"data": found.rows, "after": found.after}, indent=1))
    elif found.rows:
        print_page(found, side)
    else:
        console.print(
            f"No product in the {side.label} view matches. `tillbridge reconcile` reads what has "
            "changed since the view was last read.",
        )
