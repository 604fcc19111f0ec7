"""`tillbridge orders`: list web orders."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    only_open: Annotated[
        bool, typer.Option("--open", help="Every order that is not over, and what to set aside.")
    ] = False,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Those that the POS should have booked by now.")
    ] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="Those that the POS refuses, or that need a person.")
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, max=10_000, help="How many to list, newest first.")
    ] = 50,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """List web orders, and how far the POS is with them.

    `tillbridge orders` alone does the same."""
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.orders import booked_at, versions_used
    from cli.screen.console import console, errors, print_json
    from cli.screen.order_report import listed_json, print_orders, print_set_aside, shelf_json
    from tillbridge.adapters.clock import SystemClock
    from tillbridge.domain.connection import WebOrderMode
    from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
    from tillbridge.domain.web_orders.setting_aside import to_set_aside
    from tillbridge.domain.web_orders.told_to_people import is_late

    target, name = choose(stack, store)
    settings, now_ms = connection_of(target, name).settings, SystemClock().now_ms()
    mode = settings.web_orders
    with errors.status("reading web orders"):
        chosen = only_open or overdue or failed
        found = target.order_list.open(name) if chosen else target.order_list.latest(name, limit)
    if overdue:
        found = [o for o in found if isinstance(o, OrderEntry) and is_late(o, mode, now_ms)]
    if failed:
        found = [o for o in found if not isinstance(o, OrderEntry) or o.state is LaneState.FAILED]
    entries = [each for each in found if isinstance(each, OrderEntry)]
    shelf = []
    if only_open and mode is WebOrderMode.LEDGER:
        versions = versions_used(target, name, entries)
        shelf = to_set_aside(entries, booked_at(settings), versions)
    if as_json:
        listed = [listed_json(each, mode, now_ms) for each in found[:limit]]
        print_json({"orders": listed, "set_aside": list(map(shelf_json, shelf))})
        return
    if not found:
        console.print(_nothing(mode, only_open=only_open, overdue=overdue, failed=failed))
        return
    print_orders(found, mode, now_ms, most=limit)
    if shelf:
        print_set_aside(shelf)


def _nothing(mode: str, *, only_open: bool, overdue: bool, failed: bool) -> str:
    if mode == "off":
        return (
            "Web orders are switched off. `tillbridge store set web_orders=pos` switches them on; "
            "docs/web-orders.md says what they do."
        )
    if failed:
        return "No web order has failed."
    if overdue:
        return "No web order is overdue."
    return "No web order is open." if only_open else "No web order has come in yet."
