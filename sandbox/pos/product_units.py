"""The rows of one product as its variants, or as the whole of a product without any."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.pos.csv_numbers import Numbers
from sandbox.pos.csv_text import Row, Table
from sandbox.pos.csv_values import BadCell, barcodes
from sandbox.pos.inputs import OptionValueInput, VariantInput
from sandbox.pos.loaded import Loaded
from sandbox.pos.plain_fields import VARIANT_FIELDS
from sandbox.pos.product_columns import Columns
from sandbox.pos.product_grouping import Part, Placed


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file that is being read: its table, how it is read, and what has been read."""

    file: str
    found: Table
    columns: Columns
    numbers: Numbers
    loaded: Loaded

    def skip(self, row: Row, code: str, reason: str) -> None:
        """Note that a row is left out."""
        self.loaded.skip(self.file, row.line, code, reason)

    def plain(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return the columns of those plain fields that the file has one for."""
        columns = ((name, self.columns.plain.get(name, "")) for name in names)
        return {name: column for name, column in columns if column and self.found.has(column)}


def option_columns(sheet: Sheet, placed: list[Placed]) -> dict[str, str]:
    """Return the value column of each option by the option's name."""
    rows = [each.row for each in placed]
    named = {
        value: next((text for row in rows if (text := row.get(name))), "")
        for name, value in sheet.columns.options
    }
    options = {name: value for value, name in named.items() if name}
    if [name.casefold() for name in options] == ["title"]:
        values = {row.get(*options.values()).casefold() for row in rows}
        # In a Shopify file this means that the product has no options.
        return {} if values <= {"", "default title"} else options
    return options


def units(sheet: Sheet, product: str, placed: list[Placed]) -> list[VariantInput]:
    """Return a product's variants; a single one without option values is the product itself.

    Rows that cannot be one are left out.
    """
    options = option_columns(sheet, placed)
    priced = not sheet.columns.always_priced and base_price(sheet, placed) is not None
    found: list[VariantInput] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in (each.row for each in placed if each.part is Part.UNIT):
        try:
            unit = _unit(sheet, row, options, priced=priced)
        except BadCell as bad:
            sheet.skip(row, product, str(bad))
            continue
        values = tuple(chosen.value for chosen in unit.option_values)
        if values in lines:
            what = " / ".join(values) or f"the product {product!r}"
            sheet.skip(row, product, f"{what} is already given on line {lines[values]}")
            continue
        lines[values] = row.line
        found.append(unit)
    return found


def base_price(sheet: Sheet, placed: list[Placed]) -> Decimal | None:
    """Return the price that variants without one have: that of the first row, if it is one."""
    text = placed[0].row.get(sheet.columns.price)
    try:
        return sheet.numbers.money(text, sheet.columns.price) if text else None
    except BadCell:
        return None


def _unit(sheet: Sheet, row: Row, options: dict[str, str], *, priced: bool) -> VariantInput:
    columns, has, numbers = sheet.columns, sheet.found.has, sheet.numbers
    chosen = []
    for name, column in options.items():
        value = row.get(column)
        if not value:
            raise BadCell(f"the variant has no value for the option {name!r}")
        chosen.append(OptionValueInput(name=name, value=value))
    fields: dict[str, Any] = {"sku": row.get(columns.sku).removeprefix("'")}
    price = row.get(columns.price)
    if price:
        fields["price"] = numbers.money(price, columns.price)
    elif has(columns.price) and not priced:
        raise BadCell(f"{columns.price} is blank, and a missing price is not taken for 0")
    if has(columns.cost):
        cost = row.get(columns.cost)
        fields["cost"] = numbers.money(cost, columns.cost) if cost else None
    if has(columns.barcode):
        fields["barcodes"] = barcodes(row.get(columns.barcode))
    fields |= {name: row.get(column) for name, column in sheet.plain(VARIANT_FIELDS).items()}
    fields["stock"] = _stock(sheet, row)
    return VariantInput(option_values=chosen, **fields)


def _stock(sheet: Sheet, row: Row) -> dict[str, Any]:
    stock: dict[str, Any] = {}
    for column, outlet in sheet.columns.stock_columns(sheet.found).items():
        if counted := row.get(column):
            stock[outlet] = stock.get(outlet, 0) + sheet.numbers.quantity(counted, column)
    return stock
