"""`tillbridge store list`: the connected stores."""

from cli.commands.options import JsonOption, StackOption


def command(as_json: JsonOption = False, stack: StackOption = "") -> None:
    """List the connected stores and their state."""
    from cli.deployment.target import find_target
    from cli.screen.console import print_json
    from cli.screen.store_report import show_stores, stores_json

    found = stores_json(find_target(stack))
    if as_json:
        print_json(found)
    else:
        show_stores(found)
