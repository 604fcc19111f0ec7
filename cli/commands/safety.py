"""`tillbridge safety`: what a learned safety stock would keep from the web."""

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(store: StoreOption = "", as_json: JsonOption = False, stack: StackOption = "") -> None:
    """Show what a learned safety stock would keep from the web.

    It reads how each linked product sold in the last 28 days, and changes nothing.
    `tillbridge store set safety_stock=learned` turns it on; then a night moves each number by one."""
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.safety import would_keep
    from cli.screen.console import errors, print_json
    from cli.screen.safety_report import safety_json, show_safety

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    with errors.status("reading how products sold"):
        kept = would_keep(target, connection)
    if as_json:
        print_json(safety_json(kept))
    else:
        show_safety(kept, connection.settings)
