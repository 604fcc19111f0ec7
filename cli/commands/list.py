"""`tillbridge list`: the POS view and the Web view."""

from typing import Annotated

import typer

from cli.commands.options import (
    MOST,
    AfterOption,
    JsonOption,
    SideOption,
    StackOption,
    StatusOption,
    StoreOption,
)
from cli.sides.view_choices import Side, Status

A_PAGE = 50


def command(
    side: SideOption = Side.POS,
    status: StatusOption = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, max=MOST, help="How many to show: 50 if not given, all with --json."),
    ] = None,
    after: AfterOption = "",
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """List products with their status, and why a push failed."""
    from cli.deployment.connections import choose
    from cli.screen.console import console, errors, print_json
    from cli.screen.view_table import print_page, products_json
    from cli.sides.views import page

    target, name = choose(stack, store)
    most = limit if limit is not None or as_json else A_PAGE
    with errors.status("reading the view"):
        found = page(target, name, side, status=status, limit=most, after=after)
    if as_json:
        print_json(products_json(found))
    elif found.rows:
        print_page(found, side)
    else:
        console.print(_nothing(status, after))


def _nothing(status: Status | None, after: str) -> str:
    if after:
        return "There are no more products."
    if status is not None:
        return f"No product here is {status}. `tillbridge list` shows every product."
    return (
        "Nothing has been read yet. `tillbridge reconcile --full` reads both sides; "
        "`tillbridge push --not-linked` pushes every product of the POS."
    )
