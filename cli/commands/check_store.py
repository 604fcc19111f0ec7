"""`tillbridge check-store`: ask a connected store what only it can say."""

import typer

from cli.commands.options import JsonOption, StackOption, StoreOption


def command(store: StoreOption = "", as_json: JsonOption = False, stack: StackOption = "") -> None:
    """Ask a connected store what Tillbridge should know of it.

    Nothing is changed, and it takes at most 20 calls. Each answer is fine, worth knowing, or must be
    mended; what the store does not say hinders nothing. Exit status 1 when something must be mended."""
    from cli.check_store.run import check_store
    from cli.check_store.table import as_json as report_json
    from cli.check_store.table import report_table, summary
    from cli.deployment.connections import choose, connection_of
    from cli.deployment.secrets import store_token
    from cli.screen.console import console, errors, print_json
    from tillbridge.adapters.clock import SystemClock

    target, chosen = choose(stack, store)
    connection = connection_of(target, chosen)
    with errors.status("asking the store"):
        report = check_store(connection, store_token(target, chosen), SystemClock())
    if as_json:
        print_json(report_json(report))
    else:
        console.print(report_table(report))
        console.print(summary(report))
    raise typer.Exit(1 if report.to_mend else 0)
