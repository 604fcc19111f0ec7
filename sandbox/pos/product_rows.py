"""Product files with several rows per product: the rows of one id become one product."""

from __future__ import annotations

from sandbox.pos.csv_numbers import convention
from sandbox.pos.csv_text import Table
from sandbox.pos.loaded import Loaded
from sandbox.pos.product_building import Group
from sandbox.pos.product_grouping import Part, Placed
from sandbox.pos.product_shapes import Shape
from sandbox.pos.product_units import Sheet


def read(found: Table, shape: Shape, file_name: str) -> Loaded:
    """Return every product of the table, under the file's own ids as written.

    A field whose column is absent is not set, so importing the file does not change it.
    """
    columns = shape.columns
    loaded = Loaded(rows=len(found.rows))
    cells = (row.get(column) for row in found.rows for column in columns.numbers(found))
    numbers = convention(filter(None, cells), found.delimiter)
    loaded.tell(file_name, shape.name, columns.unread(found))
    loaded.complain(file_name, numbers.notes)
    sheet = Sheet(file_name, found, columns, numbers, loaded)
    groups: dict[str, list[Placed]] = {}
    for placed in shape.grouping(found, columns):
        if placed.problem:
            sheet.skip(placed.row, placed.product, placed.problem)
        else:
            groups.setdefault(placed.product, []).append(placed)
    for product_id, rows in groups.items():
        rows.sort(key=lambda placed: placed.part is not Part.WHOLE)
        product = Group(sheet, product_id, rows).product()
        if product is not None:
            loaded.products.append(product)
            loaded.lines[product_id] = rows[0].row.line
    loaded.skipped_rows.sort(key=lambda skipped: skipped.row)
    return loaded
