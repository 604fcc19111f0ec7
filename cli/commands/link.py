"""`tillbridge link`: link products, one by one or as suggested."""

from typing import Annotated, Any

import typer

from cli.asking.checked import need_ids, need_numbers
from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption
from cli.completing import products as known

REQUEST = "link.requested"


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
    as_json: JsonOption = False,
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
    from cli.screen.confirm import confirm
    from cli.screen.console import counted, errors, print_json
    from cli.screen.link_report import say_suggestions, suggestions_json
    from cli.screen.waiting import change_links
    from cli.sides.link_suggestions import suggestions

    target, name = choose(stack, store)
    if not suggest:
        answers = change_links(target, name, REQUEST, [_pair(product, number)], "linked")
        if as_json:
            print_json({"answers": answers})
    else:
        with errors.status("reading both sides"):
            found = suggestions(target, name)
        say_suggestions(found)
        pairs = [_pair(each.record.id, each.web.id) for each in found.matches.candidates]
        answers = []
        if apply and pairs:
            question = f"Link these {counted(len(pairs), 'product')} and push?"
            confirm(question, yes=yes, as_json=as_json)
            answers = change_links(target, name, REQUEST, pairs, "linked")
        if as_json:
            print_json(suggestions_json(found, answers))
    if not all(each["done"] for each in answers):
        raise typer.Exit(1)


def _pair(product: str, number: int | None) -> dict[str, Any]:
    return {"product_id": product} | ({} if number is None else {"bigcommerce_id": number})
