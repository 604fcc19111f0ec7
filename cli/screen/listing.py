"""A list: a table on a terminal, stacked where that is narrow, and lines of tab-separated cells elsewhere."""

import re
from collections.abc import Sequence
from typing import Any, override

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from cli.shown import shown

_LINE_END = re.compile(r"\r\n|[\r\n\t]")
"""What a cell, which is one line, has a blank for."""

_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
"""How a cell between tabs writes what would end it, and the backslash itself."""

LEAST_TO_READ = 8
"""A column narrower than this is no longer read; a table that would need one is stacked."""

STATES = {
    **dict.fromkeys(("linked", "active", "there", "fine", "done", "same"), "green"),
    **dict.fromkeys(("pending", "paused", "not known", "worth knowing", "waits"), "yellow"),
    **dict.fromkeys(
        ("failed", "broken", "needs_attention", "missing", "must be mended", "differs"), "red"
    ),
    **dict.fromkeys(("not-linked", "left-out", "not tried", "not told"), "dim"),
}
"""The colours of states, which say nothing that the word does not say."""


class Shortened(str):
    """A text as a terminal shows it; `whole` is what goes to a file."""

    __slots__ = ("whole",)
    whole: str

    @classmethod
    def of(cls, text: str, most: int) -> "Shortened":
        """Return a text that shows at most so many characters and then ends in an ellipsis."""
        made = cls(text if len(text) <= most else f"{text[: most - 1]}…")
        made.whole = text
        return made


class Listing(Table):
    """A table of cells that on a screen too narrow for its columns prints a line for each cell."""

    def __init__(self, rows: Sequence[Sequence[object]], **settings: Any) -> None:
        super().__init__(**settings)
        self.given = rows
        self.cells = [[_cell(cell) for cell in row] for row in rows]

    def fill(self, states: Sequence[str]) -> None:
        """Add the rows, once every column is there; the cells of these columns have their colours."""
        coloured = [column.header in states for column in self.columns]
        for row in self.cells:
            pairs = zip(row, coloured, strict=True)
            self.add_row(*(Text(c, STATES.get(c, "")) if state else c for c, state in pairs))

    def tab_separated(self) -> str:
        """Return a line of headings, if there are any, and a line for each row. Nothing is cut."""
        heads = [_between_tabs(column.header) for column in self.columns]
        rows = [heads] if any(heads) else []
        rows += [[_between_tabs(cell) for cell in row] for row in self.given]
        return "".join("\t".join(row) + "\n" for row in rows)

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
        least = 3 * len(self.columns) - 3
        for place, column in enumerate(self.columns):
            widest = max((len(row[place]) for row in self.cells), default=0)
            widest = max(widest, len(str(column.header)))
            least += column.width or (widest if column.no_wrap else min(widest, LEAST_TO_READ))
        return least


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else shown(_LINE_END.sub(" ", str(value)))


def _between_tabs(value: object) -> str:
    whole = value.whole if isinstance(value, Shortened) else str(value)
    return shown(whole.translate(_ESCAPED))
