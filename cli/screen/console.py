"""The console that every command prints to, and the tables and counts printed there."""

import os
from collections.abc import Collection, Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

A_LINE_IN_A_FILE = 1_000
"""The width, in characters, for a file or a pipe: each row is one line, for grep, sort and cut."""

LONGEST_NAME = 60


def _console(*, stderr: bool = False) -> Console:
    made = Console(stderr=stderr)
    if made.is_terminal or "COLUMNS" in os.environ:
        return made
    return Console(stderr=stderr, width=A_LINE_IN_A_FILE)


console = _console()
errors = _console(stderr=True)


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    whole: Collection[str] = (),
) -> Table:
    """Return a plain table with numbers aligned right. Columns in `whole` are never broken: ids."""
    listed = [list(row) for row in rows]
    made = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        show_edge=False,
        show_header=any(columns),
    )
    for place, column in enumerate(columns):
        numeric = bool(listed) and all(isinstance(row[place], int | float) for row in listed)
        made.add_column(
            column,
            justify="right" if numeric else "left",
            overflow="fold",
            no_wrap=column in whole or numeric,
        )
    for row in listed:
        made.add_row(*(_cell(cell) for cell in row))
    return made


def short(name: str) -> str:
    """Return a name as tables show it: a long one is cut and ends in an ellipsis."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def counted(number: int, thing: str) -> str:
    """Return a number with its noun: "1 product", "1,200 products"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else escape(str(value))
