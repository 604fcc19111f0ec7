"""`tillbridge link`, `unlink`, `undo`: links by hand and in bulk."""

from typing import Annotated, Any

import typer

from cli.asking.links import ask_links
from cli.asking.quiet import until_quiet
from cli.commands.options import StackOption, StoreOption
from cli.deployment.connections import the_store
from cli.deployment.target import Target, need_target
from cli.screen.bars import progress_bars
from cli.screen.console import console, errors, table
from cli.screen.link_report import say_suggestions
from cli.sides.link_suggestions import Suggestions, suggestions
from tillbridge.domain.ids import StoreId
from tillbridge.domain.link_asks import LinkAnswer


def link(
    product: Annotated[str, typer.Argument(help="A POS product.")] = "",
    number: Annotated[
        int | None,
        typer.Argument(help="The BigCommerce product; without it, the one the push clashed with."),
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Which products of both sides are probably one.")
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Link what is suggested.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Links a POS product with a BigCommerce product that exists. The POS is then pushed over it."""
    if bool(product) == suggest:
        raise typer.BadParameter("Name a POS product, or say --suggest.")
    target = need_target(stack)
    name = the_store(target, store)
    if not suggest:
        pair: dict[str, Any] = {"product_id": product}
        if number is not None:
            pair["bigcommerce_id"] = number
        _finish(target, name, ask_links(target, name, "link.requested", [pair]), "linked")
        return
    with errors.status("reading both sides"):
        found = suggestions(target, name)
    say_suggestions(found)
    if not apply or not found.matches.candidates:
        return
    if not yes:
        typer.confirm(f"Link these {len(found.matches.candidates)} and push?", abort=True)
    _finish(target, name, _apply(target, name, found), "linked")


def unlink(
    products: Annotated[list[str], typer.Argument(help="POS products.")],
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Unlinks products; both sides keep theirs."""
    target = need_target(stack)
    name = the_store(target, store)
    asked = [{"product_id": product} for product in products]
    _finish(target, name, ask_links(target, name, "unlink.requested", asked), "unlinked")


def undo(
    products: Annotated[list[str], typer.Argument(help="POS products that were linked by hand.")],
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Puts back what the first push after a link replaced; it stays until it changes in the POS."""
    target = need_target(stack)
    name = the_store(target, store)
    asked = [{"product_id": product} for product in products]
    _finish(target, name, ask_links(target, name, "put_back.requested", asked), "put back")


def _apply(target: Target, store: StoreId, found: Suggestions) -> list[LinkAnswer]:
    pairs = [
        {"product_id": each.record.id, "bigcommerce_id": each.web.id}
        for each in found.matches.candidates
    ]
    with progress_bars() as bars:
        task = bars.add_task(f"linking {len(pairs)} products", total=len(pairs))
        return ask_links(
            target, store, "link.requested", pairs, lambda done: bars.update(task, completed=done)
        )


def _finish(target: Target, store: StoreId, answers: list[LinkAnswer], what: str) -> None:
    refused = [(each.product, each.words) for each in answers if not each.done]
    as_before = [each for each in answers if each.done and each.words]
    if refused:
        console.print(table("Not " + what, ("product", "why"), refused, whole=("product",)))
    for each in as_before:
        console.print(each.words, markup=False, highlight=False)
    done = len(answers) - len(refused) - len(as_before)
    console.print(f"{done} {what}, {len(refused)} refused.")
    with console.status("pushing what follows"):
        until_quiet(target, store)
    if refused:
        raise typer.Exit(1)
