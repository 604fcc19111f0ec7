"""Which product each row of a file belongs to, and as what: once for each way files do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from sandbox.pos.csv_text import Row, Table
from sandbox.pos.product_columns import Columns


class Part(Enum):
    """What a row is of its product."""

    WHOLE = auto()
    """The product as a whole, when its variants have rows of their own."""
    UNIT = auto()
    """A variant, or the whole of a product without variants."""
    EXTRA = auto()
    """A further picture, or nothing that is read."""


class Placed(NamedTuple):
    """A row with its product's id; `problem` says in words why it can be neither."""

    row: Row
    product: str
    part: Part = Part.UNIT
    problem: str = ""


type Grouping = Callable[[Table, Columns], Iterator[Placed]]


def unplaced(row: Row, columns: Columns) -> str:
    """Return why a row cannot be placed by its id, or ""."""
    if row.problem or row.get(columns.id):
        return row.problem
    return f"the row has no {columns.id}"


def by_id(found: Table, columns: Columns) -> Iterator[Placed]:
    """Yield rows by the id that each has. One with nothing but a picture is no variant."""
    telling = [columns.sku, columns.price, columns.barcode, *columns.stock_columns(found)]
    telling += [value for _, value in columns.options]
    seen: set[str] = set()
    for row in found.rows:
        product, problem = row.get(columns.id), unplaced(row, columns)
        extra = product in seen and not row.get(*telling) and bool(row.get(*columns.images))
        yield Placed(row, product, Part.EXTRA if extra else Part.UNIT, problem)
        if not problem:
            seen.add(product)


def with_options(row: Row, columns: Columns, options: dict[str, str]) -> Row:
    """Return a row whose option cells hold these options, and no others."""
    cells = dict(row.cells)
    chosen = [*options.items(), *[("", "")] * len(columns.options)]
    for (name, value), option in zip(columns.options, chosen, strict=False):
        cells[name.casefold()], cells[value.casefold()] = option
    return Row(row.line, cells, row.problem)
