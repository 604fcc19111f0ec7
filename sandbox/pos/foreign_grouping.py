"""How the exports of other systems say which rows are one product."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.pos.csv_text import Row, Table
from sandbox.pos.product_columns import Columns
from sandbox.pos.product_grouping import Part, Placed, unplaced, with_options

_PACKED = re.compile(r"Type=[^|]*\|Name=([^|]*)\|Value=(.*?)(?=Type=[^|]*\|Name=|$)", re.DOTALL)
_COLOURS = re.compile(r"\[[^\]]*\]$")
_ITEMS = {"variant": Part.UNIT, "image": Part.EXTRA, "video": Part.EXTRA}


def by_parent(found: Table, columns: Columns) -> Iterator[Placed]:
    """Yield the rows of a WooCommerce export: a variation names its parent's SKU, or `id:` and id.

    The attributes of other rows only describe, so they are no options.
    """
    parents: dict[str, str] = {}
    orders: dict[str, list[str]] = {}
    for row in found.rows:
        if not unplaced(row, columns) and "variable" in _kinds(row):
            parents |= {f"id:{row.get('ID')}": row.get("ID")}
            parents |= {sku: row.get("ID") for sku in [row.get("SKU").casefold()] if sku}
    for row in found.rows:
        kinds, product = _kinds(row), row.get(columns.id)
        problem = row.problem if "variation" in kinds else unplaced(row, columns)
        if problem:
            yield Placed(row, product, problem=problem)
        elif "variation" in kinds:
            parent = row.get("Parent")
            home = parents.get(parent.casefold(), "")
            problem = "" if home else f"its Parent {parent!r} is no variable product of the file"
            options = _in_order(orders.setdefault(home, []), _attributes(row, columns))
            yield Placed(with_options(row, columns, options), home or product, Part.UNIT, problem)
        elif odd := sorted(kinds & {"grouped", "external"}):
            yield Placed(
                row, product, problem=f"a product of Type {odd[0]} has no stock of its own"
            )
        else:
            part = Part.WHOLE if "variable" in kinds else Part.UNIT
            yield Placed(with_options(row, columns, {}), product, part)


def _kinds(row: Row) -> set[str]:
    return {kind.strip() for kind in row.get("Type").casefold().split(",")}


def _attributes(row: Row, columns: Columns) -> dict[str, str]:
    found = {row.get(name): row.get(value) for name, value in columns.options}
    return {name: value for name, value in found.items() if name}


def by_item(found: Table, columns: Columns) -> Iterator[Placed]:
    """Yield the rows of a Square library: variations of one Item Name, under its first Token.

    Without options, the Variation Name of an item with several is its option.
    """
    items: dict[str, list[Row]] = {}
    for row in found.rows:
        name = row.get(columns.name)
        if row.problem or not name:
            problem = row.problem or f"the row has no {columns.name}"
            yield Placed(row, row.get(columns.id), problem=problem)
        else:
            items.setdefault(name.casefold(), []).append(row)
    for rows in items.values():
        product = next((token for row in rows if (token := row.get(columns.id))), "")
        product = product or rows[0].get(columns.name)
        plain = not any(row.get(*(name for name, _ in columns.options)) for row in rows)
        for row in rows:
            if plain and len(rows) > 1:
                only = {"Variation": row.get("Variation Name")}
                yield Placed(with_options(row, columns, only), product)
            else:
                yield Placed(row, product)


def by_order(found: Table, columns: Columns) -> Iterator[Placed]:
    """Yield the rows of a BigCommerce export: what follows a Product row belongs to it."""
    product, problem = "", "no Product row is above it"
    order: list[str] = []
    for place, row in enumerate(found.rows):
        item = row.get("Item").casefold()
        if item == "product":
            problem = unplaced(row, columns)
            product, order = row.get(columns.id), []
            part = Part.WHOLE if _has_variants(found.rows, place) else Part.UNIT
            yield Placed(with_options(row, columns, {}), product, part, problem)
            problem = problem and f"its Product row, line {row.line}, was left out"
        elif item in _ITEMS:
            options = _in_order(order, _unpacked(row.get("Options")))
            placed = with_options(row, columns, options)
            yield Placed(placed, product, _ITEMS[item], row.problem or problem)
        else:
            words = row.problem or f"its Item {row.get('Item')!r} is not read"
            yield Placed(row, row.get(columns.id), problem=words)


def _unpacked(text: str) -> dict[str, str]:
    return {name.strip(): _COLOURS.sub("", value).strip() for name, value in _PACKED.findall(text)}


def _in_order(order: list[str], options: dict[str, str]) -> dict[str, str]:
    """Return options in the order of the product's first variant, which `order` remembers."""
    order += [name for name in options if name not in order]
    return {name: options.get(name, "") for name in order}


def _has_variants(rows: list[Row], place: int) -> bool:
    """Return whether a variant with options follows the Product row at a place, before the next."""
    for after in range(place + 1, len(rows)):
        item = rows[after].get("Item").casefold()
        if item == "product":
            return False
        if item == "variant" and rows[after].get("Options"):
            return True
    return False
