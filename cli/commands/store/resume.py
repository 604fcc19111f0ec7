"""`tillbridge store resume`: resume a store."""

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(store: StoreOption = "", as_json: JsonOption = False, stack: StackOption = "") -> None:
    """Resume a store: send the changes that waited.

    A store that needed attention tries again at once."""
    from cli.deployment.connections import choose
    from cli.screen.console import console, print_json
    from cli.screen.store_report import state_json
    from tillbridge.usecases.pausing import resume

    target, chosen = choose(stack, store)
    connection = resume(target.stores, target.signals, chosen)
    console.print(f"'{connection.store}' is active again. Changes that waited are being sent.")
    if as_json:
        print_json(state_json(connection))
