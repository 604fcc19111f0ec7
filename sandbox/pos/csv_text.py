"""CSV texts as numbered rows, in whatever encoding and with whatever delimiter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field


def decoded(content: bytes) -> str:
    """Return text: UTF-16 by its BOM, else UTF-8, else Windows-1252, which shops export."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


SURPLUS = "the row has more cells than the header has columns"
UNCLOSED = "a quotation mark on this line is never closed, so all lines below are lost in it"
_END = "\x1eend"


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
            if text := self.cells.get(name.casefold(), "").strip():
                return text
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """A header as written, and the rows under it."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        """Return whether all of these columns are present, case ignored."""
        present = {column.casefold() for column in self.columns}
        return all(name.casefold() in present for name in names)


def table(text: str) -> Table:
    """Return a CSV's header and non-blank rows, split by the header's comma, semicolon or tab."""
    csv.field_size_limit(10_000_000)
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    # A line of our own at the end: if a cell swallows it, its quotation mark is never closed.
    reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter)
    columns = [column.strip() for column in next(reader) if not column.endswith(_END)]
    return Table(columns, list(_rows(reader, [column.casefold() for column in columns])))


def _rows(reader: Iterator[list[str]], keys: list[str]) -> Iterator[Row]:
    # csv.reader counts the physical lines read; a record starts on the line after the last one.
    start = 2
    for cells in reader:
        end = reader.line_num  # type: ignore[attr-defined]
        if cells == [_END]:
            return
        if any(cell.strip() for cell in cells):
            # The first of two columns of one name wins, as in a spreadsheet lookup.
            pairs = dict(reversed(list(zip(keys, cells, strict=False))))
            yield Row(start, pairs, _problem(cells, len(keys)))
        start = end + 1


def _problem(cells: list[str], columns: int) -> str:
    if cells[-1].endswith(_END):
        return UNCLOSED
    return SURPLUS if any(cell.strip() for cell in cells[columns:]) else ""
