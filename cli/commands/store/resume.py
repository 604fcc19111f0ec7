"""`tillbridge store resume`: resume a store."""

from cli.commands.options import StackOption, StoreOption


def command(store: StoreOption = "", stack: StackOption = "") -> None:
    """Resume a store: send the changes that waited.

    A store that needed attention tries again at once."""
    from cli.deployment.connections import choose
    from cli.screen.console import console
    from tillbridge.usecases.pausing import resume

    target, chosen = choose(stack, store)
    connection = resume(target.stores, target.signals, chosen)
    console.print(f"'{connection.store}' is active again. Changes that waited are being sent.")
