"""The result of reading a file: products, and skipped rows with their reasons."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.pos.inputs import ProductInput

_MOST_COLUMNS = 100
"""How many columns a sentence names."""
_MOST_CHARACTERS = 400
"""How long a sentence about a cell may be."""


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

    `lines` has the first line of each product by id. `about` says of the files as a whole what
    they were taken for, which columns were not read, and what in them is odd.
    """

    products: list[ProductInput] = field(default_factory=list)
    skipped_rows: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    rows: int = 0
    lines: dict[str, int] = field(default_factory=dict)

    def tell(self, file: str, shape: str, unread: Sequence[str]) -> None:
        """Note what a file was taken for, and its columns that were not read."""
        words = [f"read as {shape}"] if shape else []
        if unread:
            words.append(f"columns not read: {listed(unread)}")
        if words:
            self.about.append(f"{file}: {'; '.join(words)}")

    def complain(self, file: str, notes: Iterable[str]) -> None:
        """Note what is odd in a file as a whole."""
        self.about += [shortened(f"{file}: {note}") for note in notes]

    def note(self, words: str) -> None:
        """Note what was decided where rows disagree."""
        self.notes.append(shortened(words))

    def skip(self, file: str, row: int, code: str, reason: str) -> None:
        """Note that a row is left out, and why."""
        self.skipped_rows.append(SkippedRow(file, row, shortened(code), shortened(reason)))


def shortened(text: str) -> str:
    """Return a sentence that quotes a cell without the middle of it, if the cell is huge."""
    half = _MOST_CHARACTERS // 2
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:half]} … {text[-half:]}"


def listed(columns: Sequence[str]) -> str:
    """Return the names of columns as a list, of a great many only the first ones."""
    named = [shortened(column) or "(no name)" for column in columns[:_MOST_COLUMNS]]
    more = len(columns) - _MOST_COLUMNS
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def leave_out_unpriced(loaded: Loaded, file: str, priced: Container[str]) -> None:
    """Leave out the products without a price column, but for those the POS knows a price of.

    A new product would cost nothing, and a missing price is not taken for 0.
    """
    kept: list[ProductInput] = []
    for product in loaded.products:
        product_id = product.id or ""
        if "price" in product.model_fields_set or product_id in priced:
            kept.append(product)
        else:
            reason = "it is new, and the file has no column for its price"
            loaded.skip(file, loaded.lines[product_id], product_id, reason)
    loaded.products = kept
