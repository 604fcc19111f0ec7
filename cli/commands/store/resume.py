"""`tillbridge store resume`: resume a store."""

from cli.commands.options import StackOption, StoreOption


def command(store: StoreOption = "", stack: StackOption = "") -> None:
    """Resume a store: send the changes that waited.

    A store that needed attention tries again at once."""
    from cli.deployment.connections import choose, connection_of
    from cli.screen.console import console

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    target.stores.set_paused(connection, paused=False)
    target.signals.signal(connection.store)
    console.print(f"'{connection.store}' is active again. Changes that waited are being sent.")
