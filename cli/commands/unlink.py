"""`tillbridge unlink`: remove links, and change neither side's products."""

from typing import Annotated

import typer

from cli.commands.options import StackOption, StoreOption


def command(
    products: Annotated[list[str], typer.Argument(help="Ids of POS products.")],
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Unlink products; neither side's product is changed or deleted."""
    from cli.asking.links import ask_links
    from cli.asking.quiet import until_quiet
    from cli.deployment.connections import the_store
    from cli.deployment.target import need_target
    from cli.screen.console import console
    from cli.screen.link_report import say_answers

    target = need_target(stack)
    name = the_store(target, store)
    asked = [{"product_id": product} for product in products]
    fine = say_answers(ask_links(target, name, "unlink.requested", asked), "unlinked")
    with console.status("pushing the changes"):
        until_quiet(target, name)
    if not fine:
        raise typer.Exit(1)
