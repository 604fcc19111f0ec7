"""The `tillbridge` command: every subcommand is one module beside this one."""

import sys

import typer

from cli import (
    drift_cmd,
    events_cmd,
    import_cmd,
    link_cmd,
    listing,
    pos_cmd,
    push_cmd,
    reconcile_cmd,
    runs_cmd,
    sandbox_cmd,
    search_cmd,
    store_cmd,
    up_cmd,
)
from cli.demo_cmd import demo
from cli.quiet import NeverQuiet
from cli.show import errors
from cli.verify_cmd import verify

app = typer.Typer(
    help="Keeps a BigCommerce store in step with a point of sale.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
)
app.command()(demo)
app.command("up")(up_cmd.up)
app.command("push")(push_cmd.push)
app.command("import")(import_cmd.import_products)
app.command("link")(link_cmd.link)
app.command("unlink")(link_cmd.unlink)
app.command("put-back")(link_cmd.put_back)
app.command("list")(listing.list_products)
app.command("verify")(verify)
app.command("reconcile")(reconcile_cmd.reconcile)
app.command("drift")(drift_cmd.drift)
app.command("accept")(drift_cmd.accept)
app.command("runs")(runs_cmd.runs)
app.command("search")(search_cmd.search)
app.command("put-event")(events_cmd.put_event)
app.command("check-pos")(pos_cmd.check_pos_command)
app.add_typer(store_cmd.app, name="store")
app.add_typer(sandbox_cmd.app, name="sandbox")


def main() -> None:
    """The console script."""
    try:
        app()
    except NeverQuiet as trouble:
        errors.print(str(trouble), markup=False, highlight=False)
        sys.exit(1)
