"""Product files with several rows per product: the rows of one id become one product."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sandbox.pos.csv_text import Row, Table
from sandbox.pos.csv_values import BadCell, barcodes, is_no, money, quantity
from sandbox.pos.inputs import ImageInput, OptionValueInput, ProductInput, VariantInput
from sandbox.pos.loaded import Loaded, SkippedRow
from sandbox.pos.plain_fields import PRODUCT_ONLY, VARIANT_FIELDS
from sandbox.pos.product_columns import Columns

_OPTIONS = (1, 2, 3)


def read(found: Table, columns: Columns, file_name: str) -> Loaded:
    """Return every product of the table, under the file's own ids as written.

    A field whose column is absent is not set, so importing the file does not change it.
    """
    loaded = Loaded(rows=len(found.rows))
    groups: dict[str, list[Row]] = {}
    for row in found.rows:
        product_id = row.get(columns.id)
        reason = row.problem
        if not reason and not product_id:
            reason = f"the row has no {columns.id}"
        if reason:
            loaded.skipped_rows.append(SkippedRow(file_name, row.line, product_id, reason))
        else:
            groups.setdefault(product_id, []).append(row)
    for product_id, rows in groups.items():
        product = _Group(loaded, found, columns, file_name, product_id, rows).product()
        if product is not None:
            loaded.products.append(product)
            loaded.lines[product_id] = rows[0].line
    return loaded


class _Group:
    """The rows of one id, from which one product is built."""

    def __init__(
        self,
        loaded: Loaded,
        found: Table,
        columns: Columns,
        file_name: str,
        product_id: str,
        rows: list[Row],
    ) -> None:
        self._loaded = loaded
        self._found = found
        self._columns = columns
        self._file = file_name
        self._id = product_id
        self._rows = rows
        self._stock = columns.stock_columns(found)
        self._options = self._option_names()

    def product(self) -> ProductInput | None:
        """Return the product, or None if no row is usable; skip the rows that are not."""
        title = self._first_raw(self._columns.name)
        if not title:
            for row in self._rows:
                self._skip(row, f"no row of {self._id!r} has a {self._columns.name}")
            return None
        units = self._units()
        if not units:
            return None
        fields: dict[str, Any] = {"id": self._id, "name": title} | self._product_fields()
        first = units[0]
        fields["price"] = first.price or Decimal(0)
        if self._options:
            fields["cost"] = first.cost
            fields["variants"] = units
        else:
            own = {name: getattr(first, name) for name in first.model_fields_set}
            fields |= {k: v for k, v in own.items() if k not in {"price", "option_values"}}
        return ProductInput(**self._only_given(fields))

    def _product_fields(self) -> dict[str, Any]:
        columns, has = self._columns, self._found.has
        fields: dict[str, Any] = {
            "description_html": self._first_raw(columns.description),
            "department": self._first(columns.department) or None,
            "weight": self._weight(),
            "images": self._images(),
            "active": not any(is_no(self._first(column)) for column in columns.active),
            "track_stock": self._is_tracked(),
        }
        for name, column in self._plain(PRODUCT_ONLY):
            fields[name] = self._first(column)
        if columns.vendor and has(columns.vendor):
            fields["vendor"] = self._first(columns.vendor) or None
        return fields

    def _plain(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Return the plain fields that the file has a column for, with their columns."""
        columns = self._columns.plain
        found = ((name, columns.get(name, "")) for name in names)
        return [(name, column) for name, column in found if column and self._found.has(column)]

    def _only_given(self, fields: dict[str, Any]) -> dict[str, Any]:
        columns, has = self._columns, self._found.has
        given = {
            "description_html": has(columns.description),
            "department": has(columns.department),
            "price": has(columns.price),
            "cost": has(columns.cost),
            "weight": has(columns.weight),
            "images": has(columns.images),
            "active": any(has(column) for column in columns.active),
            "track_stock": bool(self._stock) or has(columns.track_stock),
            "variants": bool(self._options) or has(columns.option_name.format(n=1)),
        }
        return {name: value for name, value in fields.items() if given.get(name, True)}

    def _option_names(self) -> dict[int, str]:
        named = {n: self._first(self._columns.option_name.format(n=n)) for n in _OPTIONS}
        names = {n: name for n, name in named.items() if name}
        if [name.casefold() for name in names.values()] == ["title"]:
            column = self._columns.option_value.format(n=1)
            # In a Shopify file this means that the product has no options.
            if {row.get(column).casefold() for row in self._rows} <= {"", "default title"}:
                return {}
        return names

    def _units(self) -> list[VariantInput]:
        units: list[VariantInput] = []
        lines: dict[tuple[str, ...], int] = {}
        for row in self._rows:
            if self._is_picture_only(row):
                continue
            try:
                unit = self._unit(row)
            except BadCell as bad:
                self._skip(row, str(bad))
                continue
            values = tuple(chosen.value for chosen in unit.option_values)
            if values in lines:
                what = " / ".join(values) or f"the product {self._id!r}"
                self._skip(row, f"{what} is already given on line {lines[values]}")
                continue
            lines[values] = row.line
            units.append(unit)
        return units

    def _is_picture_only(self, row: Row) -> bool:
        """Return whether a row after the first has only another picture, and no variant."""
        columns = self._columns
        telling = [columns.sku, columns.price, columns.barcode, *self._stock.values()]
        telling += [columns.option_value.format(n=n) for n in _OPTIONS]
        return row is not self._rows[0] and not row.get(*telling) and bool(row.get(columns.images))

    def _unit(self, row: Row) -> VariantInput:
        columns, has = self._columns, self._found.has
        chosen = []
        for n, name in self._options.items():
            value = row.get(columns.option_value.format(n=n))
            if not value:
                raise BadCell(f"the variant has no value for the option {name!r}")
            chosen.append(OptionValueInput(name=name, value=value))
        fields: dict[str, Any] = {"sku": row.get(columns.sku).removeprefix("'")}
        price = row.get(columns.price)
        if price or columns.always_priced:
            fields["price"] = money(price or "0", columns.price)
        if has(columns.cost):
            cost = row.get(columns.cost)
            fields["cost"] = money(cost, columns.cost) if cost else None
        if has(columns.barcode):
            fields["barcodes"] = barcodes(row.get(columns.barcode))
        fields |= {name: row.get(column) for name, column in self._plain(VARIANT_FIELDS)}
        fields["stock"] = {
            outlet: quantity(counted, column)
            for outlet, column in self._stock.items()
            if (counted := row.get(column))
        }
        return VariantInput(option_values=chosen, **fields)

    def _is_tracked(self) -> bool:
        tracked = self._first(self._columns.track_stock) if self._columns.track_stock else ""
        if tracked:
            return not is_no(tracked)
        return any(row.get(column) for row in self._rows for column in self._stock.values())

    def _weight(self) -> Decimal | None:
        """Return the weight in kilograms, None for 0, which means not weighed."""
        text = self._first(self._columns.weight)
        try:
            weighed = quantity(text, self._columns.weight) if text else Decimal(0)
        except BadCell as bad:
            self._loaded.notes.append(f"{self._id}: {bad}; the weight is left blank")
            return None
        return round(weighed / self._columns.weight_per_kg, 5) if weighed > 0 else None

    def _images(self) -> list[ImageInput]:
        """Return addresses in file order, each once; a cell may hold several, separated by |."""
        cells = (row.get(self._columns.images) for row in self._rows)
        addresses = dict.fromkeys(url.strip() for cell in cells for url in cell.split("|"))
        return [ImageInput(url=url) for url in addresses if url]

    def _first(self, column: str) -> str:
        return next((text for row in self._rows if (text := row.get(column))), "")

    def _first_raw(self, column: str) -> str:
        """Return the same as `_first`, untrimmed: names and descriptions are literal content."""
        cells = (row.cells.get(column.casefold(), "") for row in self._rows)
        return next((cell for cell in cells if cell.strip()), "")

    def _skip(self, row: Row, reason: str) -> None:
        self._loaded.skipped_rows.append(SkippedRow(self._file, row.line, self._id, reason))
