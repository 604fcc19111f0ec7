"""`tillbridge retry`: push the products again that failed."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import CannotRun
from cli.commands.options import DryRunOption, JsonOption, StackOption, StoreOption
from cli.completing import products as known


def command(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            help="Ids of POS products; without any, all that failed.", autocompletion=known
        ),
    ] = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Push the products again that failed.

    Mend the cause first: `tillbridge list --status failed` says what it is. The newest records are read from the
    POS. Exit status 1 when any fails again."""
    need_ids(ids or ())
    from cli.deployment.connections import choose
    from cli.deployment.failed import failed_products
    from cli.screen.console import console, counted, print_json
    from cli.screen.waiting import NOTHING, push_now

    target, name = choose(stack, store)
    failed = failed_products(target, name)
    others = [each for each in ids or () if each not in failed]
    if others:
        named = ", ".join(others[:5])
        raise CannotRun(f"These have not failed: {named}. `tillbridge push` pushes any product.")
    chosen = ids or failed
    if not chosen:
        console.print("No product has failed.")
    if dry_run:
        if chosen:
            console.print(f"{counted(len(chosen), 'product')} would be pushed again:")
            console.print(*chosen, sep="\n")
        if as_json:
            print_json({"products": chosen})
        return
    done = push_now(target, name, chosen) if chosen else NOTHING
    if as_json:
        print_json(done)
    if done["failed"]:
        raise typer.Exit(1)
