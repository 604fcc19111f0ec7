"""`tillbridge store resume`: resume a store."""

from cli.commands.options import StackOption, StoreOption


def command(store: StoreOption = "", stack: StackOption = "") -> None:
    """Resume a store: send the changes that waited.

    A store that needed attention tries again at once."""
    from cli.deployment.connections import connection_of, the_store
    from cli.deployment.target import need_target
    from cli.screen.console import console

    target = need_target(stack)
    connection = connection_of(target, the_store(target, store))
    target.stores.set_paused(connection, paused=False)
    target.signals.signal(connection.store)
    console.print(f"'{connection.store}' is active again. Changes that waited are being sent.")
