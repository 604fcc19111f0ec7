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
    from cli.asking.pushes import push_and_wait
    from cli.deployment.connections import choose
    from cli.deployment.failed import failed_products, outcome_json
    from cli.screen.console import console, counted, print_json
    from cli.screen.waiting import may_stop_waiting, push_now

    target, name = choose(stack, store)
    failed = failed_products(target, name)
    others = [each for each in ids or () if each not in failed]
    if others:
        named = ", ".join(others[:5])
        raise CannotRun(f"These have not failed: {named}. `tillbridge push` pushes any product.")
    chosen = ids or failed
    if as_json:
        if chosen and not dry_run:
            with may_stop_waiting("list"):
                push_and_wait(target, name, chosen)
        told = outcome_json(target, name, chosen)
        print_json(told)
        if not dry_run and told["failed"]:
            raise typer.Exit(1)
    elif not chosen:
        console.print("No product has failed.")
    elif dry_run:
        console.print(f"{counted(len(chosen), 'product')} would be pushed again:")
        console.print(*chosen, sep="\n")
    elif not push_now(target, name, chosen):
        raise typer.Exit(1)
