"""`tillbridge search`: find products by a word of their name, a SKU, number, barcode or id."""

from typing import Annotated

import typer

from cli.commands.options import (
    MOST,
    AfterOption,
    JsonOption,
    SideOption,
    StackOption,
    StatusOption,
    StoreOption,
)
from cli.sides.view_choices import Side


def command(
    text: Annotated[
        str,
        typer.Argument(
            help="The beginning of a word of a name, of a SKU, a number, a barcode or an id."
        ),
    ] = "",
    side: SideOption = Side.POS,
    status: StatusOption = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many to show.")] = 50,
    after: AfterOption = "",
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Find products by a word, SKU, number, barcode or id."""
    from cli.deployment.connections import choose
    from cli.screen.console import console, errors, print_json
    from cli.screen.view_table import print_page, products_json
    from cli.sides.views import page

    target, name = choose(stack, store)
    with errors.status("searching"):
        found = page(target, name, side, text=text, status=status, limit=limit, after=after)
    if as_json:
        print_json(products_json(found))
    elif found.rows:
        print_page(found, side)
    else:
        console.print(
            f"No product in the {side.label} view matches. `tillbridge reconcile` reads what has "
            "changed since the view was last read.",
        )
