"""The `tillbridge` command."""

import sys

import typer

from cli.command_group import CommandGroup

# No rich help: rich alone would take longer to import than everything that help needs.
app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)


@app.callback()
def tillbridge() -> None:
    """Keep a BigCommerce store in step with a point of sale."""


def main() -> None:
    """Run the console script. An error that has words for a person is printed; status 1."""
    try:
        app()
    except Exception as trouble:  # broad - what has no words for a person is raised again
        from cli.trouble import say  # noqa: PLC0415 - it imports whatever can raise: 2 s, for help too

        if not say(trouble):
            raise
        sys.exit(1)
