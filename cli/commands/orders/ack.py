"""`tillbridge orders ack`: web orders were booked in the POS by hand."""

from typing import Annotated

import typer

from cli.asking.orders import order_numbers
from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    numbers: Annotated[list[str], typer.Argument(help="Numbers of orders, such as 231 240-251.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask whether the POS has taken them off.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Say that web orders were booked in the POS by hand.

    From what the POS shows now, their units count as taken off its stock, and the POS is never told of
    them. Say so only when it has taken them off: otherwise they are sold again."""
    asked = order_numbers(numbers)
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.orders import by_hand, pos_now, unanswered
    from cli.screen.confirm import confirm
    from cli.screen.console import console, counted, print_json
    from cli.screen.order_report import answers_json, say_answered
    from tillbridge.usecases.orders_by_hand import acknowledge

    target, name = choose(stack, store)
    connection = connection_of(target, name)
    in_doubt = list(unanswered(target, name, asked))
    for order in in_doubt:
        console.print(
            f"The POS was asked to book order {order}, and its answer is not known. Make sure that it "
            "is not in the POS twice."
        )
    confirm(f"Has the POS taken off {counted(len(asked), 'order')}?", yes=yes, as_json=as_json)
    answers = acknowledge(by_hand(target), connection, pos_now(target, connection), asked)
    say_answered(answers)
    if as_json:
        print_json({"answers": answers_json(answers), "unanswered": in_doubt})
    if not all(each.done for each in answers):
        raise typer.Exit(1)
