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
    except Exception as trouble:
        # Imported only now: the module imports every package that can raise an error.
        from cli.trouble import words_of  # noqa: PLC0415

        # An error without words for a person is a bug and keeps its traceback.
        words = words_of(trouble)
        if words is None:
            raise
        from cli.screen.console import errors  # noqa: PLC0415

        errors.print(words, markup=False, highlight=False)
        sys.exit(1)
