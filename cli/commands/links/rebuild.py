"""`tillbridge links rebuild`: find lost links again by SKU."""

from typing import Annotated

import typer

from cli.commands.options import DryRunOption, StackOption, StoreOption


def command(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    dry_run: DryRunOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Find the links of a store again by SKU.

    For a table of links that was lost, or came back from an older day. What shares its SKU with one
    product of the other side is linked and pushed; what shares it with several is for a person."""
    from itertools import batched

    from cli.commands.links.import_ import AT_ONCE
    from cli.deployment.connections import choose
    from cli.screen.console import counted, errors
    from cli.screen.link_plan_report import say_rebuild
    from cli.screen.waiting import change_links
    from cli.sides.link_rebuild import rebuilt

    target, chosen = choose(stack, store)
    with errors.status("reading both sides"):
        found = rebuilt(target, chosen)
    say_rebuild(found)
    pairs = [
        {"product_id": each.record.id, "bigcommerce_id": each.web.id}
        for each in found.by_sku.candidates
    ]
    fine = not found.by_sku.unsure
    if pairs and not dry_run:
        if not yes:
            typer.confirm(f"Link these {counted(len(pairs), 'product')} and push?", abort=True)
        for some in batched(pairs, AT_ONCE, strict=False):
            fine &= change_links(target, chosen, "link.requested", some, "linked")
    if not fine:
        raise typer.Exit(1)
