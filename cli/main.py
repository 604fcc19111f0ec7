"""The `tillbridge` command: every subcommand is one module beside this one."""

import typer

from cli import events_cmd, listing, pos_cmd, push_cmd, sandbox_cmd, store_cmd, up_cmd
from cli.demo_cmd import demo
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
app.command("list")(listing.list_products)
app.command("verify")(verify)
app.command("put-event")(events_cmd.put_event)
app.command("check-pos")(pos_cmd.check_pos_command)
app.add_typer(store_cmd.app, name="store")
app.add_typer(sandbox_cmd.app, name="sandbox")


def main() -> None:
    """The console script."""
    app()
