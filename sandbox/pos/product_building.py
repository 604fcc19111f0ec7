"""The rows of one id as one product."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.pos.csv_values import BadCell, is_no, is_yes
from sandbox.pos.inputs import ImageInput, ProductInput, VariantInput
from sandbox.pos.plain_fields import PRODUCT_ONLY, VARIANT_FIELDS
from sandbox.pos.product_grouping import Part, Placed
from sandbox.pos.product_units import Sheet, base_price, option_columns, units


class Group:
    """The rows of one id, from which one product is built."""

    def __init__(self, sheet: Sheet, product_id: str, placed: list[Placed]) -> None:
        self._sheet = sheet
        self._columns = sheet.columns
        self._id = product_id
        self._placed = placed
        self._rows = [each.row for each in placed]
        self._stock = sheet.columns.stock_columns(sheet.found)

    def product(self) -> ProductInput | None:
        """Return the product, or None if no row is usable; skip the rows that are not."""
        title = self._first_raw(self._columns.name)
        if not title:
            for row in self._rows:
                self._sheet.skip(
                    row, self._id, f"no row of {self._id!r} has a {self._columns.name}"
                )
            return None
        for again in self._placed[1:]:
            if again.part is Part.WHOLE:
                words = f"the product {self._id!r} is already given on line {self._rows[0].line}"
                self._sheet.skip(again.row, self._id, words)
        found = units(self._sheet, self._id, self._placed)
        if not found:
            self._skip_what_is_left()
            return None
        fields: dict[str, Any] = {"id": self._id, "name": title} | self._product_fields()
        first = found[0]
        fields["price"] = self._price(first)
        if option_columns(self._sheet, self._placed):
            fields["cost"] = first.cost
            fields["variants"] = found
            fields |= self._codes_of_the_whole()
        else:
            own = {name: getattr(first, name) for name in first.model_fields_set}
            fields |= {k: v for k, v in own.items() if k not in {"price", "option_values"}}
        return ProductInput(**self._only_given(fields))

    def _price(self, first: VariantInput) -> Decimal:
        """Return the product's price, which variants without one have: never a made-up 0."""
        base = base_price(self._sheet, self._placed)
        whole = self._placed[0]
        if (
            base is None
            and whole.part is Part.WHOLE
            and (text := whole.row.get(self._columns.price))
        ):
            self._note(f"its price {text!r} cannot be read, so it has its first variant's")
        if first.price is not None and (base is None or whole.part is Part.UNIT):
            return first.price
        return base or Decimal(0)

    def _note(self, words: str) -> None:
        self._sheet.loaded.note(f"{self._id}: {words}")

    def _codes_of_the_whole(self) -> dict[str, str]:
        """Return the SKU and part numbers of a product whose variants have rows of their own."""
        if self._placed[0].part is not Part.WHOLE:
            return {}
        plain = {"sku": self._columns.sku} | self._sheet.plain(VARIANT_FIELDS)
        return {name: self._rows[0].get(column) for name, column in plain.items()}

    def _skip_what_is_left(self) -> None:
        """Name the rows of a product that came to nothing, but for those already named."""
        for each in self._placed:
            if each.part is Part.EXTRA or (each is self._placed[0] and each.part is Part.WHOLE):
                reason = f"no row of {self._id!r} can be read as a variant"
                self._sheet.skip(each.row, self._id, reason)

    def _product_fields(self) -> dict[str, Any]:
        columns, has = self._columns, self._sheet.found.has
        fields: dict[str, Any] = {
            "description_html": self._first_raw(columns.description),
            "department": columns.department_of(self._first(*columns.department)) or None,
            "weight": self._weight(),
            "images": self._images(),
            "active": not any(is_no(self._first(column)) for column in columns.active)
            and not is_yes(self._first(columns.archived)),
            "track_stock": self._is_tracked(),
        }
        for name, column in self._sheet.plain(PRODUCT_ONLY).items():
            fields[name] = self._first(column)
        if shipped := self._shipped():
            fields["type"] = shipped
        if has(columns.vendor):
            fields["vendor"] = self._first(columns.vendor) or None
        return fields

    def _shipped(self) -> str:
        """Return whether the product is physical or digital; "" where the file does not say.

        BigCommerce asks for an address for what is physical, so a product is digital only if no
        variant of it is shipped."""
        units = [each.row for each in self._placed if each.part is Part.UNIT]
        kinds = set()
        for column, words in self._columns.unshipped.items():
            cells = [text.casefold() for row in units if (text := row.get(column))]
            said = [not words.isdisjoint(map(str.strip, text.split(","))) for text in cells]
            if said:
                kinds.add("digital" if all(said) else "physical")
        return min(kinds, default="")

    def _only_given(self, fields: dict[str, Any]) -> dict[str, Any]:
        columns, has = self._columns, self._sheet.found.has
        option, *_ = columns.options[0]
        given = {
            "description_html": has(columns.description),
            "department": any(map(has, columns.department)),
            "price": has(columns.price),
            "cost": has(columns.cost),
            "weight": any(map(has, columns.weights)),
            "images": any(map(has, columns.images)),
            "active": any(map(has, (*columns.active, columns.archived))),
            "track_stock": bool(self._stock) or has(columns.track_stock),
            "variants": "variants" in fields or has(option),
        }
        return {name: value for name, value in fields.items() if given.get(name, True)}

    def _is_tracked(self) -> bool:
        tracked = self._first(self._columns.track_stock)
        if tracked:
            return not is_no(tracked)
        counted = [each.row for each in self._placed if each.part is Part.UNIT]
        if any(row.get(*self._stock) for row in counted):
            return True
        if any(row.get(*self._stock) for row in self._rows):
            self._note("its stock is that of all its variants together, so none of it is tracked")
        return False

    def _weight(self) -> Decimal | None:
        """Return the weight in kilograms, None for 0, which means not weighed."""
        for column, kilograms in self._columns.weights.items():
            if text := self._first(column):
                try:
                    weighed = self._sheet.numbers.quantity(text, column)
                except BadCell as bad:
                    self._note(f"{bad}; the weight is left blank")
                    return None
                return round(weighed * kilograms, 5) if weighed > 0 else None
        return None

    def _images(self) -> list[ImageInput]:
        """Return addresses in file order, each once."""
        columns = self._columns
        cells = [row.get(*columns.images) for row in self._rows]
        if columns.image_separator:
            cells = [url for cell in cells for url in cell.split(columns.image_separator)]
        return [ImageInput(url=url) for url in dict.fromkeys(map(str.strip, cells)) if url]

    def _first(self, *columns: str) -> str:
        return next((text for row in self._rows if (text := row.get(*columns))), "")

    def _first_raw(self, column: str) -> str:
        """Return the same as `_first`, untrimmed: names and descriptions are literal content."""
        cells = (row.cells.get(column.casefold(), "") for row in self._rows)
        return next((cell for cell in cells if cell.strip()), "")
