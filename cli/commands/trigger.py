"""`tillbridge trigger`: put an event on the bus, made by its name."""

from typing import Annotated

import typer

from cli.asking.checked import need_ids, need_numbers
from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption
from cli.completing import products as known

MOST = 200
"""The most products that an event names (contracts/events)."""


def command(
    event: Annotated[str, typer.Argument(help="The event's type, such as sale.completed.")],
    products: Annotated[
        list[str] | None,
        typer.Option(
            "--product", help="A POS product's id; may be repeated.", autocompletion=known
        ),
    ] = None,
    numbers: Annotated[
        list[int] | None,
        typer.Option(
            "--number", help="BigCommerce's number of a product or web order; may be repeated."
        ),
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Send an event as the store's POS would, for named products.

    It says only that they changed, in the version that the POS shows now. The POS itself is not changed: what it
    shows is what is pushed. What people ask for, such as push.requested, is sent as from the command line."""
    need_ids(products or [])
    need_numbers(numbers or [])
    if len(products or []) > MOST or len(numbers or []) > MOST:
        raise WrongArguments(f"An event names {MOST} products at most.")
    from cli.asking.bus import put
    from cli.asking.events import wrong_with
    from cli.asking.made_events import Named, made_events
    from cli.deployment.connections import choose, connection_of
    from cli.screen.console import console, counted, print_json

    target, name = choose(stack, store)
    connection = connection_of(target, name)
    about = Named(products or [], numbers or [])
    source = connection.pos_account.source
    entries = made_events(event, name, source, connection.store_hash, about)
    for entry in entries:
        if wrong := wrong_with(entry):
            raise WrongArguments(wrong)
    put(target, entries)
    many = f" for {counted(len(about.products), 'product')}" if about.products else ""
    console.print(f"Sent {event}{many}, as {entries[0]['source']}.")
    if as_json:
        print_json(
            {
                "sent": len(entries),
                "events": [event] * len(entries),
                "event_ids": [each["detail"]["metadata"]["event_id"] for each in entries],
                "source": entries[0]["source"],
                "products": about.products,
                "numbers": about.numbers,
            }
        )
