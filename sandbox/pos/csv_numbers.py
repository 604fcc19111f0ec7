"""Numbers as one file writes them: 1,299.00 in one is 1.299,00 in another.

A cell alone may be ambiguous: 1,299 is a thousand and more, or a little over one. All number cells
of a file together tell which sign is its decimal mark; where none does, the delimiter does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sandbox.pos.csv_values import BadCell

type Mark = Literal[".", ","]

_BY_DELIMITER: dict[str, Mark] = {",": ".", ";": ","}
"""Spreadsheets separate cells by semicolons where the comma is the decimal mark."""
_MARKS: tuple[Mark, ...] = (".", ",")
_AROUND = "$£€¥ \u00a0\u2009\u202f"
_GROUPING = " \u00a0\u2009\u202f'\u2019"
_MOST = Decimal(10) ** 12


def _pattern(mark: Mark) -> re.Pattern[str]:
    other = "," if mark == "." else "."
    grouped = rf"[1-9]\d{{0,2}}(?P<group>[{other}{_GROUPING}])\d{{3}}(?:(?P=group)\d{{3}})*"
    whole = rf"(?P<whole>{grouped}|\d*)"
    fraction = rf"(?:\{mark}(?:(?P<fraction>\d*)|--?|[\u2013\u2014]))?"
    return re.compile(rf"(?=.*\d)(?P<sign>[-+\u2212]?){whole}{fraction}", re.ASCII)


_PATTERNS = {mark: _pattern(mark) for mark in _MARKS}


def meanings(text: str) -> dict[Mark, Decimal]:
    """Return the value of a cell under each decimal mark that it can be written with."""
    plain = text.strip(_AROUND)
    found: dict[Mark, Decimal] = {}
    for mark, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(plain):
            whole = re.sub(r"\D", "", match["whole"]) or "0"
            value = Decimal(f"{whole}.{match['fraction'] or ''}")
            found[mark] = value.copy_negate() if match["sign"] in ("-", "\u2212") else value
    return found


@dataclass(frozen=True, slots=True)
class Numbers:
    """The convention of one file; without a mark, ambiguous cells cannot be read."""

    mark: Mark | None
    notes: tuple[str, ...] = ()

    def number(self, text: str, column: str, places: int) -> Decimal:
        """Return a number rounded to `places`; currency signs and grouping are ignored.

        Raise BadCell if it is none, or may be one of two.
        """
        found = meanings(text)
        if not found:
            raise BadCell(f"{column} {text!r} is not a number")
        values = sorted(set(found.values()))
        if len(values) > 1 and self.mark is None:
            small, large = (f"{value:f}" for value in values)
            raise BadCell(
                f"{column} {text!r} may be {small} or {large}, and the file does not tell which"
            )
        value = values[0] if len(values) == 1 or self.mark is None else found[self.mark]
        if value.copy_abs() > _MOST:
            raise BadCell(f"{column} {text!r} is not a usable number")
        return round(value, places)

    def money(self, text: str, column: str) -> Decimal:
        """Return a price or cost, rounded to four places. Raise BadCell if it is below 0."""
        value = self.number(text, column, 4)
        if value < 0:
            raise BadCell(f"{column} {text!r} is below 0")
        if value == 0 and any(digit in text for digit in "123456789"):
            raise BadCell(f"{column} {text!r} is too small: it would become 0")
        return abs(value)

    def quantity(self, text: str, column: str) -> Decimal:
        """Return a quantity of either sign, rounded to five places."""
        return self.number(text, column, 5)


def convention(cells: Iterable[str], delimiter: str) -> Numbers:
    """Return how a file writes numbers, from all of its number cells and its delimiter."""
    seen: dict[Mark, str] = {}
    for text in cells:
        found = meanings(text)
        if len(found) == 1:
            seen.setdefault(next(iter(found)), text)
    if len(seen) == len(_MARKS):
        words = " and ".join(repr(seen[mark]) for mark in _MARKS)
        return Numbers(None, (f"numbers are written in two ways, as in {words}",))
    return Numbers(next(iter(seen), _BY_DELIMITER.get(delimiter)))
