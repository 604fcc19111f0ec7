"""`tillbridge undo`: restore what the first push after a link replaced."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.commands.options import StackOption, StoreOption


def command(
    products: Annotated[
        list[str], typer.Argument(help="Ids of POS products that were linked by hand.")
    ],
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Restore what the first push after a link replaced.

    A restored value stays online until it changes in the POS."""
    need_ids(products)
    from cli.deployment.connections import choose
    from cli.screen.waiting import change_links

    target, name = choose(stack, store)
    asked = [{"product_id": product} for product in products]
    if not change_links(target, name, "undo.requested", asked, "undone"):
        raise typer.Exit(1)
