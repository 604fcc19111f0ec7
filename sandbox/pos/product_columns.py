"""The columns of each shape of product file (docs/csv-files.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.pos.csv_text import Table
from sandbox.pos.plain_fields import OWN_COLUMNS, SHOPIFY_COLUMNS

MAIN_OUTLET = "o-main"
_STOCK_AT = re.compile(r"^stock[ _](?P<outlet>\S+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of columns, "" where the shape has none; `{n}` is 1 to 3."""

    id: str
    name: str
    description: str
    department: str
    active: tuple[str, ...]
    sku: str
    price: str
    cost: str
    barcode: str
    stock: str
    weight: str
    weight_per_kg: int
    images: str
    option_name: str
    option_value: str
    plain: Mapping[str, str]
    """The column of each plain field that has one."""
    vendor: str = ""
    track_stock: str = ""
    always_priced: bool = True
    """Whether each variant row has its own price: a blank one is then 0, not the product's."""

    def fit(self, found: Table) -> bool:
        """Return whether a header has this shape."""
        return found.has(self.id, self.name)

    def stock_columns(self, found: Table) -> dict[str, str]:
        """Return the stock column of each outlet by outlet id."""
        outlets = {self.stock: MAIN_OUTLET} if found.has(self.stock) else {}
        for column in found.columns:
            if self is OWN and (match := _STOCK_AT.match(column)):
                outlets[column] = match["outlet"]
        return {outlet: column for column, outlet in outlets.items()}


SHOPIFY = Columns(
    id="Handle",
    name="Title",
    description="Body (HTML)",
    department="Type",
    active=("Published", "Status"),
    sku="Variant SKU",
    price="Variant Price",
    cost="Cost per item",
    barcode="Variant Barcode",
    stock="Variant Inventory Qty",
    weight="Variant Grams",
    weight_per_kg=1000,
    images="Image Src",
    option_name="Option{n} Name",
    option_value="Option{n} Value",
    plain=SHOPIFY_COLUMNS,
)

OWN = Columns(
    id="id",
    name="name",
    description="description",
    department="department",
    active=("active",),
    sku="sku",
    price="price",
    cost="cost",
    barcode="barcode",
    stock="stock",
    weight="weight_kg",
    weight_per_kg=1,
    images="images",
    option_name="option{n}_name",
    option_value="option{n}_value",
    plain=OWN_COLUMNS,
    vendor="vendor",
    track_stock="track_stock",
    always_priced=False,
)

SHAPES = (SHOPIFY, OWN)
