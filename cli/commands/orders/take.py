"""`tillbridge orders take`: older web orders are counted."""

from typing import Annotated

import typer

from cli.asking.orders import order_numbers
from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    numbers: Annotated[list[str], typer.Argument(help="Numbers of orders, such as 231 240-251.")],
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Count orders that were placed before web orders were on.

    Name only those that nobody has booked in the POS: they are told to it now."""
    asked = order_numbers(numbers)
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.orders import by_hand
    from cli.screen.console import print_json
    from cli.screen.order_report import answers_json, say_answered
    from tillbridge.usecases.orders_by_hand import take

    target, name = choose(stack, store)
    answers = take(by_hand(target), connection_of(target, name), asked)
    say_answered(answers)
    if as_json:
        print_json({"answers": answers_json(answers)})
    if not all(each.done for each in answers):
        raise typer.Exit(1)
