"""The console that every command prints to, and the tables and counts printed there."""

import json
import os
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from typing import Any, override

import typer
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from cli.shown import shown, shown_lines

_LINE_END = re.compile(r"\r\n|[\r\n\t]")
"""What a cell, which is one line, has a blank for."""

A_LINE_IN_A_FILE = 1_000
"""The width, in characters, for a file or a pipe: each row is one line, for grep, sort and cut."""

LONGEST_NAME = 60


LEAST_TO_READ = 8
"""A column narrower than this is no longer read; a table that would need one is stacked."""


class Screen(Console):
    """A console that prints a text as it is: the one place where text goes to the terminal.

    Names come from a POS and a store: "[red]" and ":heart:" in them are no markup, and what could
    move the cursor, retitle the window or turn the direction of writing is shown (cli/shown.py). So
    is a line end: several lines are several arguments, with `sep="\\n"`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **settings)

    @override
    def render_str(self, text: str, **how: Any) -> Text:
        return super().render_str(shown(text), **how)

    @override
    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        # The net below `render_str`, which Text and bars do not pass; Rich's own line ends stay.
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else shown_lines(text), style, control)


class StackingTable(Table):
    """A table that, on a screen too narrow for its columns, prints a line for each cell."""

    def __init__(self, rows: Sequence[Sequence[str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.cells = rows

    @override
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # Rich would narrow the columns that may be broken, names and reasons, to nothing.
        if self._least() <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        heads = [str(column.header) for column in self.columns]
        yield Text(shown(str(self.title)), "bold")
        for row in self.cells:
            yield ""
            for head, cell in zip(heads, row, strict=True):
                if cell:
                    yield f"{head}: {cell}" if head else cell

    def _least(self) -> int:
        """Return the width that the columns need to be read."""
        least = 3 * len(self.columns) - 1
        for place, column in enumerate(self.columns):
            widest = max((len(row[place]) for row in self.cells), default=0)
            widest = max(widest, len(str(column.header)))
            least += widest if column.no_wrap else min(widest, LEAST_TO_READ)
        return least


def _console(*, stderr: bool = False) -> Screen:
    made = Screen(stderr=stderr)
    if made.is_terminal or "COLUMNS" in os.environ:
        return made
    return Screen(stderr=stderr, width=A_LINE_IN_A_FILE)


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
    cells = [[_cell(cell) for cell in row] for row in listed]
    made = StackingTable(
        cells,
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
    for row in cells:
        made.add_row(*row)
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
    return f"{value:,}" if isinstance(value, int) else shown(_LINE_END.sub(" ", str(value)))


def print_json(value: object) -> None:
    """Print JSON for a program. It is plain ASCII: every other character is escaped."""
    console.file.write(json.dumps(value, indent=1).replace("\x7f", "\\u007f") + "\n")


def typed(question: str) -> str:
    """Return what a person types in answer to a question. Raise typer.Abort at the end of the input."""
    return str(typer.prompt(shown(question)))


def write_out(lines: Iterable[str]) -> None:
    """Write the lines of a file, which the caller has made fit for a terminal, to standard output as UTF-8: a terminal
    or pipe of another encoding must not change an id."""
    for line in lines:
        sys.stdout.buffer.write(line.encode(errors="replace"))
    sys.stdout.buffer.flush()
