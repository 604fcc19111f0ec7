"""`tillbridge status`: how a store is."""

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(as_json: JsonOption = False, store: StoreOption = "", stack: StackOption = "") -> None:
    """Show how a store is: what waits, how fresh, what is wrong.

    What waits is as the sweep counted it last, at most five minutes ago; the dead letters are those of all
    stores."""
    from cli.deployment.backlog import DEAD_LETTERS, messages
    from cli.deployment.connections import choose
    from cli.deployment.glance import glance
    from cli.screen.console import print_json
    from cli.screen.status_report import show_status, status_json
    from tillbridge.usecases.console.overview import overview

    target, name = choose(stack, store)
    seen = overview(glance(target), name)
    letters = messages(target, DEAD_LETTERS)
    if as_json:
        print_json(status_json(seen, letters))
    else:
        show_status(seen, letters)
