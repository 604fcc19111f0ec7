"""The columns of the exports of WooCommerce, Lightspeed X-Series, Square and BigCommerce."""

from __future__ import annotations

import re
from decimal import Decimal

from sandbox.pos.product_columns import Columns

_POUND, _OUNCE = Decimal("0.45359237"), Decimal("0.028349523125")
_MANY = range(1, 11)


def first_of_paths(text: str) -> str:
    """Return the last level of the first of several categories: `Home > Kitchen, Gifts`."""
    first = re.split(r"(?<!\\),", text)[0]
    return first.rpartition(">")[2].replace("\\,", ",").strip()


WOOCOMMERCE = Columns(
    id="ID",
    name="Name",
    description="Description",
    department=("Categories",),
    department_of=first_of_paths,
    active=("Published",),
    sku="SKU",
    price="Regular price",
    barcode="GTIN, UPC, EAN, or ISBN",
    stock="Stock",
    weights={
        "Weight (kg)": Decimal(1),
        "Weight (g)": Decimal("0.001"),
        "Weight (lbs)": _POUND,
        "Weight (oz)": _OUNCE,
    },
    images=("Images",),
    image_separator=",",
    options=tuple((f"Attribute {n} name", f"Attribute {n} value(s)") for n in _MANY),
    plain={"brand": "Brands"},
    placing=("Type", "Parent"),
    unshipped={"Type": frozenset({"virtual", "downloadable"})},
)

LIGHTSPEED = Columns(
    id="handle",
    name="name",
    description="description",
    department=("product_category",),
    active=("active",),
    sku="sku",
    price="retail_price",
    cost="supply_price",
    stock_at=r"inventory_.+",
    options=tuple(
        (f"variant_option_{n}_name", f"variant_option_{n}_value") for n in ("one", "two", "three")
    ),
    plain={"brand": "brand_name", "product_number": "supplier_code"},
    vendor="supplier_name",
    track_stock="track_inventory",
)

SQUARE = Columns(
    id="Token",
    name="Item Name",
    description="Description",
    department=("Category", "Categories"),
    department_of=first_of_paths,
    archived="Archived",
    sku="SKU",
    price="Price",
    cost="Default Unit Cost",
    barcode="GTIN",
    stock_at=r"Current Quantity\b.*",
    weights={"Weight (kg)": Decimal(1), "Weight (lb)": _POUND, "Weight (oz)": _OUNCE},
    options=tuple((f"Option Name {n}", f"Option Value {n}") for n in (1, 2, 3)),
    plain={"product_number": "Default Vendor Code"},
    vendor="Default Vendor Name",
    placing=("Variation Name",),
)

BIGCOMMERCE = Columns(
    id="ID",
    name="Name",
    description="Description",
    active=("Is Visible", "Product Visible"),
    sku="SKU",
    price="Price",
    cost="Cost Price",
    barcode="UPC/EAN",
    stock="Current Stock",
    images=("Image URL (Import)", "Internal Image URL (Export)"),
    # Not in the header: where the reader puts what the packed column Options holds.
    options=tuple((f"Options: name {n}", f"Options: value {n}") for n in _MANY),
    plain={
        "mpn": "Manufacturer Part Number",
        "condition": "Product Condition",
        "bin_picking_number": "Bin Picking Number",
    },
    track_stock="Inventory Tracking",
    placing=("Item", "Options"),
    unshipped={"Type": frozenset({"digital"})},
    always_priced=False,
)
