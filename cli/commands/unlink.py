"""`tillbridge unlink`: remove links, and change neither side's products."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.commands.options import JsonOption, StackOption, StoreOption
from cli.completing import products as known


def command(
    products: Annotated[
        list[str], typer.Argument(help="Ids of POS products.", autocompletion=known)
    ],
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Unlink products; neither side's product is changed or deleted."""
    need_ids(products)
    from cli.deployment.connections import choose
    from cli.screen.console import print_json
    from cli.screen.waiting import change_links

    target, name = choose(stack, store)
    asked = [{"product_id": product} for product in products]
    answers = change_links(target, name, "unlink.requested", asked, "unlinked")
    if as_json:
        print_json({"answers": answers})
    if not all(each["done"] for each in answers):
        raise typer.Exit(1)
