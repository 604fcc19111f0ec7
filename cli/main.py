"""The `tillbridge` command: every subcommand is a module in `commands/`."""

import sys
from collections.abc import Callable

import typer

from cli.commands import (
    check_pos,
    demo,
    drift,
    import_,
    link,
    push,
    put_event,
    reconcile,
    runs,
    sandbox,
    search,
    store,
    up,
    verify,
)
from cli.commands import list as list_
from cli.screen.console import errors
from cli.trouble import words_of

app = typer.Typer(
    help="Keeps a BigCommerce store in step with a point of sale.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
)
COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo.demo,
    "up": up.up,
    "push": push.push,
    "import": import_.import_products,
    "link": link.link,
    "unlink": link.unlink,
    "undo": link.undo,
    "list": list_.list_products,
    "search": search.search,
    "verify": verify.verify,
    "reconcile": reconcile.reconcile,
    "drift": drift.drift,
    "accept": drift.accept,
    "runs": runs.runs,
    "put-event": put_event.put_event,
    "check-pos": check_pos.check_pos_command,
}
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(store.app, name="store")
app.add_typer(sandbox.app, name="sandbox")


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
