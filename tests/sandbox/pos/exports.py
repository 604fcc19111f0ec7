"""Headers of the exports of other systems, and what is asked of the files under them."""

from __future__ import annotations

from sandbox.pos.csv_products import read_products
from sandbox.pos.inputs import ProductInput, VariantInput
from sandbox.pos.loaded import Loaded

WOO = (
    "ID,Type,SKU,Name,Published,Stock,Weight (lbs),Regular price,Categories,Images,Parent,"
    "Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s),Swatch\n"
)
XSERIES = (
    "id,handle,sku,name,product_category,variant_option_one_name,variant_option_one_value,"
    "supply_price,retail_price,brand_name,supplier_name,supplier_code,active,track_inventory,"
    "inventory_Main_Outlet,inventory_Harbour\n"
)
SQUARE = (
    "Token,Item Name,Variation Name,SKU,Description,Categories,GTIN,Weight (lb),Price,Archived,"
    "Option Name 1,Option Value 1,Default Unit Cost,Default Vendor Name,Default Vendor Code,"
    "Current Quantity Main St,Current Quantity Harbour,New Quantity Main St\n"
)
BIGCOMMERCE = (
    "Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Price,Cost Price,Brand ID,"
    "Categories,Is Visible,Manufacturer Part Number,Internal Image URL (Export)\n"
)
SHOPIFY = (
    "Title,URL handle,Description,Vendor,Type,Published on online store,Status,SKU,Barcode,"
    "Option1 name,Option1 value,Price,Cost per item,Inventory quantity,Weight value (grams),"
    "Product image URL,Google Shopping / Manufacturer part number (MPN)\n"
)


def load(header: str, *rows: str) -> Loaded:
    return read_products(header + "\n".join(rows), "export.csv")


def one(header: str, *rows: str) -> ProductInput:
    loaded = load(header, *rows)
    assert loaded.skipped_rows == []
    (product,) = loaded.products
    return product


def reasons(loaded: Loaded) -> list[tuple[int, str]]:
    return [(skipped.row, skipped.reason) for skipped in loaded.skipped_rows]


def options(variant: VariantInput) -> dict[str, str]:
    return {chosen.name: chosen.value for chosen in variant.option_values}
