"""The `tillbridge` command: every subcommand is one module, or one folder, beside this one."""

import sys
from collections.abc import Callable

import typer

from cli import (
    drift_cmd,
    events_cmd,
    import_cmd,
    link_cmd,
    listing,
    push_cmd,
    reconcile_cmd,
    runs_cmd,
    sandbox_cmd,
    search_cmd,
    store_cmd,
    up_cmd,
    verify_cmd,
)
from cli.check_pos import cmd as check_pos
from cli.demo import cmd as demo
from cli.show import errors
from cli.trouble import words_of

app = typer.Typer(
    help="Keeps a BigCommerce store in step with a point of sale.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
)
COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo.demo,
    "up": up_cmd.up,
    "push": push_cmd.push,
    "import": import_cmd.import_products,
    "link": link_cmd.link,
    "unlink": link_cmd.unlink,
    "undo": link_cmd.undo,
    "list": listing.list_products,
    "search": search_cmd.search,
    "verify": verify_cmd.verify,
    "reconcile": reconcile_cmd.reconcile,
    "drift": drift_cmd.drift,
    "accept": drift_cmd.accept,
    "runs": runs_cmd.runs,
    "put-event": events_cmd.put_event,
    "check-pos": check_pos.check_pos_command,
}
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(store_cmd.app, name="store")
app.add_typer(sandbox_cmd.app, name="sandbox")


def main() -> None:
    """The console script."""
    try:
        app()
    except Exception as trouble:
        # Nothing is swallowed: what has no words for a person goes on as it came.
        words = words_of(trouble)
        if words is None:
            raise
        errors.print(words, markup=False, highlight=False)
        sys.exit(1)
