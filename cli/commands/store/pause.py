"""`tillbridge store pause`: pause a store."""

from cli.commands.options import StackOption, StoreOption


def command(store: StoreOption = "", stack: StackOption = "") -> None:
    """Pause a store: note changes, send nothing.

    Nothing is sent or compared until the store is resumed."""
    from cli.deployment.connections import connection_of, the_store
    from cli.deployment.target import need_target
    from cli.screen.console import console

    target = need_target(stack)
    connection = connection_of(target, the_store(target, store))
    target.stores.set_paused(connection, paused=True)
    name = connection.store
    console.print(f"'{name}' is paused. Changes wait; `tillbridge store resume` sends them.")
