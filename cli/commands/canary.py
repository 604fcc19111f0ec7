"""`tillbridge canary`: measure how long a change of stock takes where nothing is sold."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


class OnOff(StrEnum):
    """What to do with the canary."""

    ON = "on"
    OFF = "off"


def command(
    what: Annotated[OnOff, typer.Argument(help="on: make it. off: delete it.")],
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Measure how long a change of stock takes, with a hidden product.

    A product of our own that nobody sees or buys gets a new level each quarter of an hour in which no
    level of the shop went, and five seconds later it is looked at: 192 calls a day at most. An alarm
    tells when nothing got through for half an hour."""
    from cli.deployment.canary import canary_off, canary_on
    from cli.deployment.connections import choose, connection_of
    from cli.screen.console import console, print_json

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    product = None
    if what is OnOff.ON:
        product = canary_on(target, connection)
        console.print(f"The canary of '{chosen}' is BigCommerce product {product}, hidden.")
    elif canary_off(target, connection):
        console.print(f"The canary of '{chosen}' is deleted.")
    else:
        console.print(f"'{chosen}' has no canary.")
    if as_json:
        print_json({"store": chosen, "bigcommerce_id": product})
