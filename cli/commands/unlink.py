"""`tillbridge unlink`: remove links, and change neither side's products."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.commands.options import StackOption, StoreOption
from cli.completing import products as known


def command(
    products: Annotated[
        list[str], typer.Argument(help="Ids of POS products.", autocompletion=known)
    ],
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Unlink products; neither side's product is changed or deleted."""
    need_ids(products)
    from cli.deployment.connections import choose
    from cli.screen.waiting import change_links

    target, name = choose(stack, store)
    asked = [{"product_id": product} for product in products]
    if not change_links(target, name, "unlink.requested", asked, "unlinked"):
        raise typer.Exit(1)
