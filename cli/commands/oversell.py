"""`tillbridge oversell`: what was sold twice, and why."""

from typing import Annotated

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(
    what: Annotated[
        str, typer.Argument(help="A web order's number, or a product's POS id or SKU.")
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = "",
    stack: StackOption = "",
) -> None:
    """List what was sold twice, and say why.

    With an order or a product, what happened is replayed with one thing changed at a time: so it says
    what would have prevented it."""
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.oversold import debts
    from cli.screen.console import console, print_json
    from cli.screen.oversell_report import debt_json, print_debts, show_debt, told_json
    from tillbridge.usecases.console.oversold import autopsy

    target, name = choose(stack, store)
    found = debts(target, name, what)
    if not what:
        if as_json:
            print_json({"debts": [debt_json(each) for each in found]})
        elif found:
            print_debts(found)
        else:
            console.print("Nothing was sold twice, as far as Tillbridge has noticed.")
        return
    connection = connection_of(target, name)
    told = [(each, autopsy(target.history, target.order_list, connection, each)) for each in found]
    if as_json:
        print_json({"debts": [told_json(each, said) for each, said in told]})
        return
    for each, said in told:
        show_debt(each, said)
