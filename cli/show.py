"""How the command line speaks: one console, tables a shopkeeper reads."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console()
errors = Console(stderr=True)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A plain table; numbers to the right."""
    listed = [list(row) for row in rows]
    made = Table(title=title, title_justify="left", title_style="bold", show_edge=False)
    for place, column in enumerate(columns):
        numeric = bool(listed) and all(isinstance(row[place], int | float) for row in listed)
        made.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        made.add_row(*(_cell(cell) for cell in row))
    return made


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else escape(str(value))
