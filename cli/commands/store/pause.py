"""`tillbridge store pause`: pause a store."""

from cli.commands.options import StackOption, StoreOption


def command(store: StoreOption = "", stack: StackOption = "") -> None:
    """Pause a store: note changes, send nothing.

    Nothing is sent or compared until the store is resumed."""
    from cli.deployment.connections import choose, connection_of
    from cli.screen.console import console

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    target.stores.set_paused(connection, paused=True)
    name = connection.store
    console.print(f"'{name}' is paused. Changes wait; `tillbridge store resume` sends them.")
