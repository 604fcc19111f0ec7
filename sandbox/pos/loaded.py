"""What reading a file gives: products, and the rows that could not be one, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.pos.inputs import ProductInput


class UnknownShape(ValueError):
    """The file is none of the shapes we read; the message names the columns found."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was left out: `row` is its line in the file, the header being line 1."""

    file: str
    row: int
    code: str
    reason: str

    def json(self) -> dict[str, Any]:
        """As `tillbridge demo --json` lists it."""
        return {"file": self.file, "row": self.row, "code": self.code, "reason": self.reason}


@dataclass(slots=True)
class Loaded:
    """Products in file order; `notes` say what was decided where rows disagree.

    `lines` has the line on which each product (by id) begins.
    """

    products: list[ProductInput] = field(default_factory=list)
    skipped_rows: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    lines: dict[str, int] = field(default_factory=dict)
