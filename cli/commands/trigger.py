"""`tillbridge trigger`: put an event of a POS on the bus, made by its name."""

import time
from typing import Annotated

import typer

from cli.asking.checked import need_ids
from cli.cannot_run import WrongArguments
from cli.commands.options import JsonOption, StackOption, StoreOption

MOST = 200
"""The most products that an event names (contracts/events)."""


def command(
    event: Annotated[str, typer.Argument(help="The event's type, such as sale.completed.")],
    products: Annotated[
        list[str], typer.Option("--product", help="A POS product's id; may be repeated.")
    ],
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """Send an event as the store's POS would, for named products.

    It says only that they changed, in the version that the POS shows now. The POS itself is not changed: what it
    shows is what is pushed."""
    need_ids(products)
    if len(products) > MOST:
        raise WrongArguments(f"An event names {MOST} products at most.")
    from ulid import ULID

    from cli.asking.bus import put
    from cli.asking.events import wrong_with
    from cli.deployment.connections import choose, connection_of
    from cli.screen.console import console, counted, print_json
    from cli.shapes.moment import moment

    target, name = choose(stack, store)
    account = connection_of(target, name).pos_account
    event_id, now = str(ULID()), moment(time.time_ns() // 1_000_000)
    metadata = {
        "event_id": event_id,
        "schema_version": "1.0",
        "store_id": name,
        "occurred_at": now,
    }
    named = [{"product_id": each, "version": 0} for each in products]
    entry = {
        "source": account.source,
        "detail-type": event,
        "detail": {"metadata": metadata, "data": {"products": named}},
    }
    if wrong := wrong_with(entry):
        raise WrongArguments(wrong)
    put(target, [entry])
    console.print(f"Sent {event} for {counted(len(products), 'product')}, as {account.source}.")
    if as_json:
        print_json(
            {
                "sent": 1,
                "events": [event],
                "event_id": event_id,
                "source": account.source,
                "occurred_at": now,
                "products": products,
            }
        )
