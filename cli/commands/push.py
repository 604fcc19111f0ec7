"""`tillbridge push`: push any number of products, as the POS's Push button does."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import CannotRun, WrongArguments
from cli.commands.options import DryRunOption, StackOption, StoreOption


def command(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of POS products.")] = None,
    not_linked: Annotated[
        bool, typer.Option("--not-linked", help="Every POS product that is not linked.")
    ] = False,
    dry_run: DryRunOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Push products: create new ones, update linked ones.

    Exit status 1 when BigCommerce refused any of them."""
    if bool(ids) == not_linked:
        raise WrongArguments("Give the ids of POS products, or --not-linked.")
    need_ids(ids or ())
    from cli.asking.pushes import ask_push, push_and_wait
    from cli.deployment.connections import choose, is_paused
    from cli.deployment.links import every_link
    from cli.screen.bars import progress_bars
    from cli.screen.console import console, counted, errors
    from cli.screen.push_report import say_push, say_push_plan
    from cli.screen.waiting import may_stop_waiting
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
    elif dry_run:
        say_push_plan([known[each] for each in chosen], linked)
        if note := about_push(target, name, chosen):
            console.print(note)
    elif is_paused(target, name):
        ask_push(target, name, chosen)
        console.print(f"'{name}' is paused; the push waits. `tillbridge store resume` sends it.")
    else:
        with may_stop_waiting("list"), progress_bars() as bars:
            task = bars.add_task(f"pushing {counted(len(chosen), 'product')}", total=len(chosen))
            calls = push_and_wait(
                target, name, chosen, lambda done: bars.update(task, completed=done)
            )
        if not say_push(chosen, every_link(target, name)):
            raise typer.Exit(1)
        console.print(f"That took {counted(calls, 'API call')}.")
