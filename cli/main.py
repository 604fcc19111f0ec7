"""The `tillbridge` command."""

import io
import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from cli.command_group import STOPPED, CommandGroup
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
    """Run the console script. An error is printed, a bug as a traceback; status 1. Ctrl-C: 130."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no ✓ gets a ?
    try:
        status = _run()
        _print_notices()
        sys.exit(status)
    except KeyboardInterrupt:  # while words were printed
        sys.exit(STOPPED)


def _run() -> int:
    try:
        app()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        return _handed_over() or status
    except Exception as trouble:  # noqa: BLE001 - whatever it is, nothing of it goes to a terminal raw
        status = _say(trouble)
        _handed_over(say=False)
        return status
    raise AssertionError("Typer ends by raising SystemExit")


def _handed_over(*, say: bool = True) -> int:
    """Hand over what is still to be printed: at the end of the process it could only fail in a traceback. Return the
    status of that."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as trouble:
        # What cannot be handed over would be tried again, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _say(trouble) if say else 1
    return 0


def _say(trouble: Exception) -> int:
    """Print what is wrong, to whoever still reads: nobody does where `head` has seen enough. Return the status."""
    if isinstance(trouble, BrokenPipeError):
        return 1
    from cli.trouble import say  # noqa: PLC0415 - it imports whatever can raise: 2 s, for help too

    with suppress(OSError):
        say(trouble)
    return 1


def _print_notices() -> None:
    if notices:
        from cli.screen.console import errors  # noqa: PLC0415 - help must not wait for it

        with suppress(OSError):  # nobody reads there any more
            errors.print(*notices, sep="\n", soft_wrap=True)
