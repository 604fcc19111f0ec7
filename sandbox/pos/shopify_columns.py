"""The columns of Shopify's product files: the present template, and the one before it."""

from __future__ import annotations

from decimal import Decimal

from sandbox.pos.plain_fields import SHOPIFY_COLUMNS
from sandbox.pos.product_columns import Columns

_GRAM = Decimal("0.001")

SHOPIFY = Columns(
    id="URL handle",
    name="Title",
    description="Description",
    department=("Type",),
    active=("Published on online store", "Status"),
    sku="SKU",
    price="Price",
    cost="Cost per item",
    barcode="Barcode",
    stock="Inventory quantity",
    weights={"Weight value (grams)": _GRAM},
    images=("Product image URL",),
    options=tuple((f"Option{n} name", f"Option{n} value") for n in (1, 2, 3)),
    unshipped={"Gift card": frozenset({"true"}), "Requires shipping": frozenset({"false"})},
    plain=SHOPIFY_COLUMNS | {"mpn": "Google Shopping / Manufacturer part number (MPN)"},
)

SHOPIFY_FORMER = Columns(
    id="Handle",
    name="Title",
    description="Body (HTML)",
    department=("Type",),
    active=("Published", "Status"),
    sku="Variant SKU",
    price="Variant Price",
    cost="Cost per item",
    barcode="Variant Barcode",
    stock="Variant Inventory Qty",
    weights={"Variant Grams": _GRAM},
    images=("Image Src",),
    options=tuple((f"Option{n} Name", f"Option{n} Value") for n in (1, 2, 3)),
    unshipped={"Gift Card": frozenset({"true"}), "Variant Requires Shipping": frozenset({"false"})},
    plain=SHOPIFY_COLUMNS,
)
