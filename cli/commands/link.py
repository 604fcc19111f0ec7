"""`tillbridge link`: link products, one by one or as suggested."""

from typing import Annotated, Any

import typer

from cli.asking.checked import need_ids, need_numbers
from cli.cannot_run import WrongArguments
from cli.commands.options import StackOption, StoreOption
from cli.completing import products as known


def command(
    product: Annotated[
        str, typer.Argument(help="The POS product's id.", autocompletion=known)
    ] = "",
    number: Annotated[
        int | None,
        typer.Argument(
            help="The BigCommerce product's number. Without it: the one that the push clashed with."
        ),
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Show which products are probably the same on both sides."),
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="With --suggest: link the suggested products.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --apply: do not ask first.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Link a POS product to an existing BigCommerce product.

    Then the POS's values are pushed and replace BigCommerce's."""
    if bool(product) == suggest:
        raise WrongArguments("Give a POS product's id, or --suggest.")
    if not suggest:
        need_ids([product])
    need_numbers([] if number is None else [number])
    from cli.deployment.connections import choose
    from cli.screen.console import counted, errors
    from cli.screen.link_report import say_suggestions
    from cli.screen.waiting import change_links
    from cli.sides.link_suggestions import suggestions

    target, name = choose(stack, store)
    pairs = [_pair(product, number)]
    if suggest:
        with errors.status("reading both sides"):
            found = suggestions(target, name)
        say_suggestions(found)
        pairs = [_pair(each.record.id, each.web.id) for each in found.matches.candidates]
        if not apply or not pairs:
            return
        if not yes:
            typer.confirm(f"Link these {counted(len(pairs), 'product')} and push?", abort=True)
    if not change_links(target, name, "link.requested", pairs, "linked"):
        raise typer.Exit(1)


def _pair(product: str, number: int | None) -> dict[str, Any]:
    return {"product_id": product} | ({} if number is None else {"bigcommerce_id": number})
