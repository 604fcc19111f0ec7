"""The result of reading a file: products, and skipped rows with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.pos.inputs import ProductInput


class UnknownShape(ValueError):
    """The file cannot be taken for any known shape; the message says why, naming its columns."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was skipped; `row` is its line in the file, and the header is line 1."""

    file: str
    row: int
    code: str
    reason: str

    def json(self) -> dict[str, Any]:
        """Return the row as `tillbridge demo --json` lists it."""
        return {"file": self.file, "row": self.row, "code": self.code, "reason": self.reason}


@dataclass(slots=True)
class Loaded:
    """Products in file order, skipped rows, and notes on what was decided where rows disagree.

    `lines` has the first line of each product by id. `about` says what is odd in the files as
    a whole.
    """

    products: list[ProductInput] = field(default_factory=list)
    skipped_rows: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    rows: int = 0
    lines: dict[str, int] = field(default_factory=dict)

    def complain(self, file: str, notes: Iterable[str]) -> None:
        """Note what is odd in a file as a whole."""
        self.about += [f"{file}: {note}" for note in notes]
