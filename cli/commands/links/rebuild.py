"""`tillbridge links rebuild`: find lost links again by SKU."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.options import DryRunOption, JsonOption, StackOption, StoreOption

if TYPE_CHECKING:
    from cli.shapes.links import Answer


def command(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Find the links of a store again by SKU.

    For a table of links that was lost, or came back from an older day. What shares its SKU with one
    product of the other side is linked and pushed; what shares it with several is for a person."""
    from cli.deployment.connections import choose
    from cli.screen.confirm import confirm
    from cli.screen.console import counted, errors, print_json
    from cli.screen.link_plan_report import rebuild_json, say_rebuild
    from cli.screen.waiting import link_in_parts
    from cli.sides.link_rebuild import rebuilt

    target, chosen = choose(stack, store)
    with errors.status("reading both sides"):
        found = rebuilt(target, chosen)
    say_rebuild(found)
    pairs = [(each.record.id, each.web.id) for each in found.by_sku.candidates]
    answers: list[Answer] = []
    if pairs and not dry_run:
        confirm(f"Link these {counted(len(pairs), 'product')} and push?", yes=yes, as_json=as_json)
        answers = link_in_parts(target, chosen, pairs)
    if as_json:
        print_json(rebuild_json(found, answers))
    if found.by_sku.unsure or not all(each["done"] for each in answers):
        raise typer.Exit(1)
