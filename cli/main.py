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
    """Keeps a BigCommerce store in step with a point of sale."""


def main() -> None:
    """Run the console script; trouble that has words ends it with status 1."""
    try:
        app()
    except Exception as trouble:
        # Only trouble pays for the import of all that can raise it.
        from cli.trouble import words_of  # noqa: PLC0415

        # Nothing is swallowed: what has no words for a person goes on as it came.
        words = words_of(trouble)
        if words is None:
            raise
        from cli.screen.console import errors  # noqa: PLC0415

        errors.print(words, markup=False, highlight=False)
        sys.exit(1)
