"""`tillbridge link`: links by hand, and in bulk."""

from typing import Annotated, Any

import typer

from cli.commands.options import StackOption, StoreOption


def command(
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
    """Link a POS product with a BigCommerce product that exists.

    The POS is then pushed over it."""
    if bool(product) == suggest:
        raise typer.BadParameter("Name a POS product, or say --suggest.")
    from cli.asking.links import ask_links
    from cli.asking.quiet import until_quiet
    from cli.deployment.connections import the_store
    from cli.deployment.target import need_target
    from cli.screen.bars import progress_bars
    from cli.screen.console import console, errors
    from cli.screen.link_report import say_answers, say_suggestions
    from cli.sides.link_suggestions import suggestions

    target = need_target(stack)
    name = the_store(target, store)
    pairs = [_pair(product, number)]
    if suggest:
        with errors.status("reading both sides"):
            found = suggestions(target, name)
        say_suggestions(found)
        pairs = [_pair(each.record.id, each.web.id) for each in found.matches.candidates]
        if not apply or not pairs:
            return
        if not yes:
            typer.confirm(f"Link these {len(pairs)} and push?", abort=True)
        with progress_bars() as bars:
            task = bars.add_task(f"linking {len(pairs)} products", total=len(pairs))
            answers = ask_links(
                target,
                name,
                "link.requested",
                pairs,
                lambda done: bars.update(task, completed=done),
            )
    else:
        answers = ask_links(target, name, "link.requested", pairs)
    fine = say_answers(answers, "linked")
    with console.status("pushing what follows"):
        until_quiet(target, name)
    if not fine:
        raise typer.Exit(1)


def _pair(product: str, number: int | None) -> dict[str, Any]:
    return {"product_id": product} | ({} if number is None else {"bigcommerce_id": number})
