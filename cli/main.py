"""The `tillbridge` command."""

import io
import sys
from typing import Annotated

import typer

from cli.command_group import CommandGroup
from cli.notices import notices

# No rich help: rich alone would take longer to import than everything that help needs.
app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        from cli.screen.console import console  # noqa: PLC0415 - help must not wait for it
        from tillbridge.version import VERSION  # noqa: PLC0415 - as said above

        console.print(f"tillbridge {VERSION}")
        raise typer.Exit


@app.callback()
def tillbridge(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_say_version, help="Show the version."),
    ] = False,
) -> None:
    """Keep a BigCommerce store in step with a point of sale."""


def main() -> None:
    """Run the console script. An error is printed, a bug as a traceback; status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no ✓ gets a ?
    try:
        app()
    except Exception as trouble:  # noqa: BLE001 - whatever it is, nothing of it goes to a terminal raw
        from cli.trouble import say  # noqa: PLC0415 - it imports whatever can raise: 2 s, for help too

        say(trouble)
        sys.exit(1)
    finally:
        _print_notices()


def _print_notices() -> None:
    if notices:
        from cli.screen.console import errors  # noqa: PLC0415 - help must not wait for it

        errors.print(*notices, sep="\n", soft_wrap=True)
