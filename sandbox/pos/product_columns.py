"""What each column of a shape of product file holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sandbox.pos.csv_text import Table

MAIN_OUTLET = "o-main"


def as_written(text: str) -> str:
    """Return the text itself: the department of a shape that gives one by name."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of columns, "" where the shape has none."""

    id: str
    name: str
    price: str
    sku: str
    description: str = ""
    department: tuple[str, ...] = ()
    department_of: Callable[[str], str] = as_written
    """The department that a cell means, where it lists several or gives a path."""
    active: tuple[str, ...] = ()
    archived: str = ""
    """The column that says yes for what is off sale."""
    cost: str = ""
    barcode: str = ""
    stock: str = ""
    stock_at: str = ""
    """A pattern of further stock columns; its group `outlet`, if any, is the outlet's id."""
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    """Kilograms in one unit of each weight column."""
    images: tuple[str, ...] = ()
    image_separator: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """The columns of each option's name and value."""
    plain: Mapping[str, str] = field(default_factory=dict)
    """The column of each plain field that has one."""
    vendor: str = ""
    track_stock: str = ""
    placing: tuple[str, ...] = ()
    """Further columns, which say which product a row belongs to, and as what."""
    unshipped: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The words, in small letters, by which a column says that nothing is shipped: a gift card, a
    service or a download."""
    always_priced: bool = True
    """Whether each variant has its own price; else a blank one is the product's."""

    def stock_columns(self, found: Table) -> dict[str, str]:
        """Return the outlet id of each stock column; all without one are the main outlet's."""
        outlets = {self.stock: MAIN_OUTLET} if self.stock and found.has(self.stock) else {}
        pattern = re.compile(self.stock_at, re.IGNORECASE) if self.stock_at else None
        for column in found.columns:
            if pattern and (match := pattern.fullmatch(column)):
                outlets[column] = match.groupdict().get("outlet") or MAIN_OUTLET
        return outlets

    def numbers(self, found: Table) -> list[str]:
        """Return the columns that hold numbers."""
        return [self.price, self.cost, *self.weights, *self.stock_columns(found)]

    def named(self) -> Iterator[str]:
        """Yield every column that is read by its name, and not by a pattern."""
        yield from (self.id, self.name, self.sku, self.price, self.cost, self.barcode, self.stock)
        yield from (self.description, *self.department, *self.active, self.archived, self.vendor)
        yield from (self.track_stock, *self.weights, *self.images, *self.plain.values())
        for pair in self.options:
            yield from pair
        yield from self.placing
        yield from self.unshipped

    def unread(self, found: Table) -> list[str]:
        """Return the columns of a table that are not read, as written, each once."""
        read = {column.casefold() for column in (*self.named(), *self.stock_columns(found))}
        read.discard("")
        return list(dict.fromkeys(c for c in found.columns if c.casefold() not in read))
