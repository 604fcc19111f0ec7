"""The result of reading a file: products, and skipped rows with their reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.pos.inputs import ProductInput


class UnknownShape(ValueError):
    """The file has none of the known shapes; the message names the columns found."""


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

    `lines` has the first line of each product by id.
    """

    products: list[ProductInput] = field(default_factory=list)
    skipped_rows: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    lines: dict[str, int] = field(default_factory=dict)
