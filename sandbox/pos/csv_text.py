"""CSV texts as numbered rows, whatever the delimiter."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

SURPLUS = "the row has more cells than the header has columns"
UNCLOSED = "a quotation mark on this line is never closed, so all lines below are lost in it"
BADLY_QUOTED = (
    "a cell in quotation marks goes on after the closing one; inside such a cell, write the mark "
    'twice: "5"" pipe"'
)
_END = "\x1eend"
_SEPARATOR = re.compile(r'"?sep=(?P<delimiter>[,;\t|])"?[ ,;\t]*(\r\n|\r|\n|$)', re.IGNORECASE)
"""The first line by which Excel is told how cells are separated."""
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `line` is the line it starts on (a quoted cell may span several)."""

    line: int
    cells: dict[str, str]
    problem: str = ""
    """Why the row cannot be used, in words; "" if it can."""

    def get(self, *names: str) -> str:
        """Return the first non-blank cell of these columns, trimmed, or ""."""
        for name in names:
            if name and (text := self.cells.get(name.casefold(), "").strip()):
                return text
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """A header without invisible characters, the rows under it, and the delimiter of both."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    delimiter: str = ","

    def has(self, *names: str) -> bool:
        """Return whether all of these columns are present, case ignored."""
        present = {column.casefold() for column in self.columns if column}
        return all(name.casefold() in present for name in names)

    def repeated(self) -> list[str]:
        """Return the columns that stand in the header more than once, case ignored."""
        times = Counter(column.casefold() for column in self.columns if column)
        return [name for name, count in times.items() if count > 1]


def table(text: str) -> Table:
    """Return a CSV's header and non-blank rows, separated as its `sep=` line or header says."""
    csv.field_size_limit(10_000_000)
    text = text.removeprefix("\ufeff")
    said = _SEPARATOR.match(text)
    above = 1 if said else 0
    text = text[said.end() :] if said else text
    # A line of our own at the end: if a cell swallows it, its quotation mark is never closed.
    lines = list(io.StringIO(f"{text}\n{_END}", newline=""))
    plain = _QUOTED.sub("", lines[0])
    delimiter = said["delimiter"] if said else max(",;\t", key=plain.count)
    reader = csv.reader(iter(lines), delimiter=delimiter)
    columns = [_visible(column) for column in next(reader) if not column.endswith(_END)]
    keys = [column.casefold() for column in columns]
    rows = list(_rows(reader, lines, keys, delimiter, above))
    return Table(columns, rows, delimiter)


def _visible(column: str) -> str:
    """Return a column's name without zero-width characters, with every blank a plain one."""
    seen = (character for character in column if unicodedata.category(character) != "Cf")
    return " ".join("".join(seen).split())


def _rows(
    reader: Iterator[list[str]], lines: list[str], keys: list[str], delimiter: str, above: int
) -> Iterator[Row]:
    # csv.reader counts the physical lines read; a record starts on the line after the last one.
    start = reader.line_num  # type: ignore[attr-defined]
    for cells in reader:
        end = reader.line_num  # type: ignore[attr-defined]
        if cells == [_END]:
            return
        if any(cell.strip() for cell in cells):
            raw = "".join(lines[start:end])
            problem = _problem(cells, len(keys), raw, delimiter)
            yield Row(start + 1 + above, dict(zip(keys, cells, strict=False)), problem)
        start = end


def _problem(cells: list[str], columns: int, raw: str, delimiter: str) -> str:
    if cells[-1].endswith(_END):
        return UNCLOSED
    if '"' in raw and not _well_quoted(raw, delimiter):
        return BADLY_QUOTED
    return SURPLUS if any(cell.strip() for cell in cells[columns:]) else ""


def _well_quoted(raw: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True
