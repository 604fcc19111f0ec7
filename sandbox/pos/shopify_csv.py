"""Product CSVs as Shopify exports them: several rows a product, joined by Handle."""

from __future__ import annotations

from decimal import Decimal

from sandbox.pos.csv_text import Row, Table
from sandbox.pos.csv_values import BadCell, barcodes, is_no, money, optional_money, quantity
from sandbox.pos.inputs import ImageInput, OptionValueInput, ProductInput, VariantInput
from sandbox.pos.loaded import Loaded, SkippedRow

MAIN_OUTLET = "o-main"
_OPTIONS = (1, 2, 3)
_QUANTITY = "Variant Inventory Qty"
_GRAMS_PER_KG = 1000


def fits(found: Table) -> bool:
    """Whether the header is Shopify's."""
    return found.has("Handle", "Title")


def read(found: Table, file_name: str) -> Loaded:
    """Every product of the table; the Handle, as written, is the POS's product id."""
    loaded = Loaded(rows=len(found.rows))
    groups: dict[str, list[Row]] = {}
    for row in found.rows:
        handle = row.get("Handle")
        if row.surplus:
            _skip(loaded, file_name, row, "the row has more cells than the header has columns")
        elif not handle:
            _skip(loaded, file_name, row, "the row has no Handle")
        else:
            groups.setdefault(handle, []).append(row)
    for handle, rows in groups.items():
        product = _Group(loaded, file_name, handle, rows).product()
        if product is not None:
            loaded.products.append(product)
    return loaded


def _skip(loaded: Loaded, file_name: str, row: Row, reason: str) -> None:
    loaded.skipped_rows.append(SkippedRow(file_name, row.line, row.get("Handle"), reason))


class _Group:
    """The rows of one handle on their way to a product."""

    def __init__(self, loaded: Loaded, file_name: str, handle: str, rows: list[Row]) -> None:
        self._loaded = loaded
        self._file = file_name
        self._handle = handle
        self._rows = rows
        self._option_names = {
            n: name for n in _OPTIONS if (name := _first(rows, f"Option{n} Name"))
        }
        if [name.casefold() for name in self._option_names.values()] == ["title"]:
            values = {row.get("Option1 Value").casefold() for row in rows} - {""}
            if values <= {"default title"}:
                self._option_names = {}

    def product(self) -> ProductInput | None:
        """The product, or None when none of its rows can be one."""
        title = next((t for row in self._rows if (t := row.cells.get("title", "")).strip()), "")
        if not title:
            for row in self._rows:
                self._skip(row, f"no row of {self._handle!r} has a Title")
            return None
        units = self._units()
        if not units:
            return None
        first = units[0]
        head = self._rows[0]
        tracked = any(row.get(_QUANTITY) for row in self._rows)
        product = ProductInput(
            id=self._handle,
            name=title,
            description_html=_first_raw(self._rows, "Body (HTML)"),
            department=_first(self._rows, "Type", "Custom Product Type") or None,
            brand=_first(self._rows, "Vendor"),
            price=first.price or Decimal(0),
            cost=first.cost,
            track_stock=tracked,
            weight=self._weight(),
            images=self._images(),
            active=not (is_no(head.get("Published")) or is_no(head.get("Status"))),
        )
        if self._option_names:
            return product.model_copy(update={"variants": units})
        own = {"sku": first.sku, "barcodes": first.barcodes, "stock": first.stock}
        return product.model_copy(update=own)

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
                what = " / ".join(values) or f"the product {self._handle!r}"
                self._skip(row, f"{what} is already given on line {lines[values]}")
                continue
            lines[values] = row.line
            units.append(unit)
        return units

    def _is_picture_only(self, row: Row) -> bool:
        """Extra rows that only carry a further picture say nothing of a variant."""
        telling = ("Option1 Value", "Variant SKU", "Variant Price", _QUANTITY, "Variant Barcode")
        return row is not self._rows[0] and not row.get(*telling) and bool(row.get("Image Src"))

    def _unit(self, row: Row) -> VariantInput:
        chosen = []
        for n, name in self._option_names.items():
            value = row.get(f"Option{n} Value")
            if not value:
                raise BadCell(f"the variant has no value for the option {name!r}")
            chosen.append(OptionValueInput(name=name, value=value))
        counted = row.get(_QUANTITY)
        return VariantInput(
            sku=row.get("Variant SKU").removeprefix("'"),
            price=money(row.get("Variant Price") or "0", "Variant Price"),
            cost=optional_money(row.get("Cost per item"), "Cost per item"),
            barcodes=barcodes(row.get("Variant Barcode")),
            option_values=chosen,
            stock={MAIN_OUTLET: quantity(counted, _QUANTITY)} if counted else {},
        )

    def _weight(self) -> Decimal | None:
        """Kilograms; Shopify's 0 means nobody weighed it."""
        grams = _first(self._rows, "Variant Grams")
        try:
            weighed = quantity(grams, "Variant Grams") if grams else Decimal(0)
        except BadCell as bad:
            self._loaded.notes.append(f"{self._handle}: {bad}; the weight is left blank")
            return None
        return round(weighed / _GRAMS_PER_KG, 5) if weighed > 0 else None

    def _images(self) -> list[ImageInput]:
        """Addresses in file order, each once."""
        found = dict.fromkeys(url for row in self._rows if (url := row.get("Image Src")))
        return [ImageInput(url=url) for url in found]

    def _skip(self, row: Row, reason: str) -> None:
        self._loaded.skipped_rows.append(SkippedRow(self._file, row.line, self._handle, reason))


def _first(rows: list[Row], *columns: str) -> str:
    return next((text for row in rows if (text := row.get(*columns))), "")


def _first_raw(rows: list[Row], column: str) -> str:
    """As `_first`, blanks at the ends kept: a description is literal content."""
    cells = (row.cells.get(column.casefold(), "") for row in rows)
    return next((cell for cell in cells if cell.strip()), "")
