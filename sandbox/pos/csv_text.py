"""CSV texts as numbered rows, whatever the delimiter."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

SURPLUS = "the row has more cells than the header has columns"
UNCLOSED = "a quotation mark on this line is never closed, so all lines below are lost in it"
BADLY_QUOTED = (
    "a cell in quotation marks goes on after the closing one; inside such a cell, write the mark "
    'twice: "5"" pipe"'
)
TOO_LONG = "a cell has more than 10,000,000 characters"
_END = "\x1eend"
_MOST_CHARACTERS = 10_000_000
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


@dataclass(frozen=True)
class Table:
    """A header without invisible characters, the rows under it, and the delimiter of both."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    delimiter: str = ","
    unclosed: bool = False
    """Whether a quotation mark in the header is never closed, so that the rows are lost in it."""

    def has(self, *names: str) -> bool:
        """Return whether all of these columns are present, case ignored."""
        return all(name.casefold() in self._present for name in names)

    @cached_property
    def _present(self) -> frozenset[str]:
        return frozenset(column.casefold() for column in self.columns if column)

    def repeated(self) -> list[str]:
        """Return the columns that stand in the header more than once, case ignored."""
        times = Counter(column.casefold() for column in self.columns if column)
        return [name for name, count in times.items() if count > 1]


def table(text: str) -> Table:
    """Return a CSV's header and non-blank rows, separated as its `sep=` line or header says."""
    # The whole text is in memory already. The reader's own limit raises instead of naming a row.
    csv.field_size_limit(2**31 - 1)
    text = text.removeprefix("\ufeff")
    said = _SEPARATOR.match(text)
    above = 1 if said else 0
    text = text[said.end() :] if said else text
    # A line of our own at the end: if a cell swallows it, its quotation mark is never closed.
    lines = list(io.StringIO(f"{text}\n{_END}", newline=""))
    plain = _QUOTED.sub("", lines[0])
    delimiter = said["delimiter"] if said else max(",;\t", key=plain.count)
    reader = csv.reader(iter(lines), delimiter=delimiter)
    header = next(reader)
    unclosed = _is_at_end(reader, lines)
    columns = [_visible(column) for column in (header[:-1] if unclosed else header)]
    keys = [column.casefold() for column in columns]
    rows = list(_rows(reader, lines, keys, delimiter, above))
    return Table(columns, rows, delimiter, unclosed)


def _visible(column: str) -> str:
    """Return a column's name without zero-width characters, with every blank a plain one."""
    seen = (character for character in column if unicodedata.category(character) != "Cf")
    return " ".join("".join(seen).split())


def _is_at_end(reader: Reader, lines: list[str]) -> bool:
    """Return whether our own last line has been read, by itself or in a cell that is not closed."""
    return reader.line_num == len(lines)


def _rows(
    reader: Reader, lines: list[str], keys: list[str], delimiter: str, above: int
) -> Iterator[Row]:
    # csv.reader counts the physical lines read; a record starts on the line after the last one.
    start = reader.line_num
    for cells in reader:
        end = reader.line_num
        unclosed = _is_at_end(reader, lines)
        if unclosed and cells == [_END]:
            return
        if any(cell.strip() for cell in cells):
            raw = "".join(lines[start:end])
            problem = UNCLOSED if unclosed else _problem(cells, len(keys), raw, delimiter)
            yield Row(start + 1 + above, dict(zip(keys, cells, strict=False)), problem)
        start = end


def _problem(cells: list[str], columns: int, raw: str, delimiter: str) -> str:
    if any(len(cell) > _MOST_CHARACTERS for cell in cells):
        return TOO_LONG
    if '"' in raw and not _well_quoted(raw, delimiter):
        return BADLY_QUOTED
    return SURPLUS if any(cell.strip() for cell in cells[columns:]) else ""


def _well_quoted(raw: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True
