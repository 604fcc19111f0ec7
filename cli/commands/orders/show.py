"""`tillbridge orders show`: one web order."""

from typing import Annotated

import typer

from cli.asking.orders import order_numbers
from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    number: Annotated[str, typer.Argument(help="The order's number in BigCommerce.")],
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Show one web order as both sides have it, and what to do."""
    asked = order_numbers([number])
    if len(asked) != 1:
        raise WrongArguments("Name one order.")
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.orders import the_order, versions_used
    from cli.screen.console import print_json
    from cli.screen.order_report import order_json, show_order
    from tillbridge.adapters.clock import SystemClock

    target, name = choose(stack, store)
    entry = the_order(target, name, asked[0])
    mode, now_ms = connection_of(target, name).settings.web_orders, SystemClock().now_ms()
    if as_json:
        print_json(order_json(entry, mode, now_ms))
    else:
        show_order(entry, mode, now_ms, versions_used(target, name, [entry]))
