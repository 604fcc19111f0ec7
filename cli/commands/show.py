"""`tillbridge show`: one product, side by side."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.commands.options import JsonOption, StackOption, StoreOption
from cli.completing import products as known


def command(
    product: Annotated[
        str,
        typer.Argument(
            help="A product's POS id, SKU or name, or its BigCommerce number.", autocompletion=known
        ),
    ],
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Show both sides of a product, field by field, and what waits.

    Nothing is asked of either side: it shows what was read or sent last, and when that was."""
    need_ids([product])
    from cli.deployment.connections import choose
    from cli.deployment.product import product_named
    from cli.screen.console import print_json
    from cli.screen.product_report import product_json, show_product

    target, name = choose(stack, store)
    found = product_named(target, name, product)
    if as_json:
        print_json(product_json(found))
    else:
        show_product(found)
