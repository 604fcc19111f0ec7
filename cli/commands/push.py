"""`tillbridge push`: push any number of products, as the POS's Push button does."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.options import DryRunOption, JsonOption, StackOption, StoreOption
from cli.completing import products as known


def command(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Ids of POS products.", autocompletion=known)
    ] = None,
    not_linked: Annotated[
        bool, typer.Option("--not-linked", help="Every POS product that is not linked.")
    ] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Push products: create new ones, update linked ones.

    Exit status 1 when BigCommerce refused any of them."""
    if bool(ids) == not_linked:
        raise WrongArguments("Give the ids of POS products, or --not-linked.")
    need_ids(ids or ())
    from cli.deployment.connections import choose
    from cli.deployment.links import every_link
    from cli.screen.console import console, errors, print_json
    from cli.screen.push_report import push_plan, say_push_plan
    from cli.screen.waiting import NOTHING, push_now
    from cli.sides.plausible import about_push
    from cli.sides.pos_products import pos_products

    target, name = choose(stack, store)
    with errors.status("reading the POS"):
        links = every_link(target, name)
        known = {each["id"]: each for each in pos_products(target, name)}
    unknown = [each for each in ids or () if each not in known]
    if unknown:
        raise CannotRun(f"The POS has no product {', '.join(unknown)}. Check the id.")
    linked = {str(link.product) for link in links.values() if link.is_linked}
    chosen = ids or [each for each in known if each not in linked]
    if not chosen:
        console.print("Every product of the POS is linked; there is nothing to push.")
    if dry_run:
        note = about_push(target, name, chosen) if chosen else ""
        plan = push_plan([known[each] for each in chosen], linked, note)
        if chosen:
            say_push_plan(plan, {each: known[each]["name"] for each in chosen})
        if as_json:
            print_json(plan)
        return
    done = push_now(target, name, chosen) if chosen else NOTHING
    if as_json:
        print_json(done)
    if done["failed"]:
        raise typer.Exit(1)
