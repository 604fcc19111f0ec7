"""The console that every command prints to, and the tables and counts printed there."""

import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, override

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from cli.counted import counted as counted  # noqa: PLC0414 - reports take it from here
from cli.screen.listing import Listing, Shortened
from cli.shown import shown, shown_lines

LONGEST_NAME = 60

NO_WIDTHS: Mapping[str, int] = MappingProxyType({})


class Screen(Console):
    """A console that prints a text as it is: the one place where text goes to the terminal.

    Names come from a POS and a store: "[red]" and ":heart:" in them are no markup, and what could
    move the cursor, retitle the window or turn the direction of writing is shown (cli/shown.py). So
    is a line end: several lines are several arguments, with `sep="\\n"`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **settings)

    @override
    def print(self, *objects: Any, **how: Any) -> None:
        """Print. What is no terminal gets each sentence as one line, and a table's cells between tabs."""
        if self.is_terminal:
            super().print(*objects, **how)
        elif len(objects) == 1 and isinstance(objects[0], Listing):
            self.file.write(objects[0].tab_separated())
        else:
            super().print(*objects, **{"soft_wrap": True, **how})

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


console = Screen()
errors = Screen(stderr=True)


@contextmanager
def words_to_stderr() -> Iterator[None]:
    """Send what is for people to the error stream: the output is for a program, and holds JSON alone."""
    console.stderr = True
    try:
        yield
    finally:
        console.stderr = False


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    whole: Collection[str] = (),
    states: Sequence[str] = (),
    wide: Mapping[str, int] = NO_WIDTHS,
) -> Table:
    """Return a plain table with numbers aligned right. Columns in `whole` are never broken: ids. Those in
    `states` have the colours of states. `wide`: the width of a column whose words are to stay whole."""
    listed = [list(row) for row in rows]
    made = Listing(
        listed,
        title=title or None,
        title_justify="left",
        title_style="bold",
        show_edge=False,
        pad_edge=False,
        show_header=any(columns),
    )
    for place, column in enumerate(columns):
        numeric = bool(listed) and all(isinstance(row[place], int | float) for row in listed)
        made.add_column(
            column,
            justify="right" if numeric else "left",
            overflow="fold",
            width=wide.get(column),
            no_wrap=column in whole or numeric,
        )
    made.fill(states)
    return made


def at_most(number: int) -> int:
    """Return how many rows a list shows: so many on a terminal, and all of them elsewhere."""
    return number if console.is_terminal else sys.maxsize


def short(name: str) -> str:
    """Return a name as tables on a terminal show it: a long one is cut and ends in an ellipsis."""
    return Shortened.of(name, LONGEST_NAME)


def print_json(value: Mapping[str, object]) -> None:
    """Print an object for a program, in several lines. It is plain ASCII: every other character is escaped."""
    _write(json.dumps(value, indent=1))


def print_json_line(value: Mapping[str, object]) -> None:
    """Print an object in one line, as those commands do that go on: it can be read at once."""
    _write(json.dumps(value))


def typed(question: str) -> str:
    """Return what a person types in answer to a question. Raise typer.Abort at the end of the input."""
    return str(typer.prompt(shown(question)))


def write_out(lines: Iterable[str]) -> None:
    """Write the lines of a file, which the caller has made fit for a terminal, to standard output as UTF-8: a terminal
    or pipe of another encoding must not change an id."""
    for line in lines:
        sys.stdout.buffer.write(line.encode(errors="replace"))
    sys.stdout.buffer.flush()


def _write(text: str) -> None:
    sys.stdout.write(text.replace("\x7f", "\\u007f") + "\n")
    sys.stdout.flush()
