"""What the POS says a product must look like online, read straight from the articles.

Retail POS: "Retail POS will push all product information to BigCommerce whenever an update/change
is made", blanks included; only the eight things are BigCommerce's. AmberPOS: names are unique.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterable
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from cli.verify.model import Json

type Values = dict[str, Any]

MOST_STOCK = 2_147_483_647
"""BigCommerce's documented limit of one level, and of a product's variants together."""
LONGEST_IMAGE_ADDRESS = 255

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def product_values(record: Json, settings: Json) -> Values:
    """The fields of a product by verify's words. A deleted product is only hidden: its tombstone
    says nothing else that could be relied on."""
    if is_deleted(record):
        return {"visibility": False}
    variants = record["variants"]
    values: Values = {
        "name": plain_name(record["name"]),
        "description": record["description_html"] or "",
        "sku": _product_sku(record),
        "price": Decimal(record["price"]),
        "cost_price": Decimal(record["cost"] or 0),
        "brand": (record["brand"] or "").strip(),
        "visibility": bool(record["active"]),
        **_codes(record["barcodes"]),
        "tracking": _tracking(record),
    }
    if record["track_stock"] and not variants:
        values |= _stock(record["stock"], settings, MOST_STOCK)
    return values


def variant_values(record: Json, variant: Json, settings: Json) -> Values:
    """The fields of one variant; a price or cost it has not is its product's. A cost of 0 is none:
    BigCommerce's documentation says that a variant's "displays as null when `cost_price` equals zero"."""
    values: Values = {
        "options": options_text(
            (chosen["name"], chosen["value"]) for chosen in variant["option_values"]
        ),
        "sku": variant["sku"].strip(),
        "price": Decimal(variant["price"] if variant["price"] is not None else record["price"]),
        "cost_price": Decimal(variant["cost"] or 0) or Decimal(record["cost"] or 0),
        **_codes(variant["barcodes"]),
    }
    if record["track_stock"]:
        values |= _stock(variant["stock"], settings, MOST_STOCK // len(record["variants"]))
    return values


def web_sku(record: Json) -> str:
    """What a product that came in from BigCommerce has there as SKU: the AmberPOS article stores
    it in the Product Number field."""
    return (record["product_number"] or "").strip()


def is_held(link: Json, field: str, variant: str = "") -> bool:
    """Whether the store keeps its own value of a field that the POS could not take
    (docs/import.md, What becomes of a product)."""
    names = ("brand_name", "brand_id") if field == "brand" else (field,)
    prefix = f"{variant}." if variant else ""
    return any(f"{prefix}{name}" in (link.get("held") or ()) for name in names)


def is_deleted(record: Json) -> bool:
    """Whether the POS deleted it."""
    return record.get("deleted_at") is not None


def options_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Options as people read them, in one order: 'Colour: Red, Size: S'."""
    return ", ".join(sorted((f"{n.strip()}: {v.strip()}" for n, v in pairs), key=str.casefold))


def plain_name(text: str) -> str:
    """A name as a shopper reads it: entities decoded, one line, no blanks at its ends.

    BigCommerce stores a name as it is sent: an entity would be shown as such."""
    while (decoded := html.unescape(text)) != text:
        text = decoded
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in text).strip()


def fetchable_images(record: Json, excused: str) -> int:
    """How many different images BigCommerce can be asked to fetch; addresses in `excused`, the
    words of failures that are already visible, do not count."""
    urls = {image["url"] for image in record["images"]}
    return sum(
        1
        for url in urls
        if _ADDRESS.fullmatch(url) and len(url) <= LONGEST_IMAGE_ADDRESS and url not in excused
    )


def _product_sku(record: Json) -> str:
    # SKUs are unique across products and variants: one that a variant has is the variant's.
    sku = (record["sku"] or "").strip()
    held = {variant["sku"].strip().casefold() for variant in record["variants"]}
    return "" if sku.casefold() in held else sku


def _codes(barcodes: Iterable[Json]) -> Values:
    """The first code of each of BigCommerce's two kinds; an EAN is a GTIN, and GTINs are digits."""
    values = {"upc": "", "gtin": ""}
    for barcode in barcodes:
        code = barcode["code"].strip()
        kind = "upc" if barcode["type"] == "UPC" else "gtin"
        if not values[kind] and (kind == "upc" or (code.isascii() and code.isdigit())):
            values[kind] = code
    return values


def _tracking(record: Json) -> str:
    if not record["track_stock"]:
        return "none"
    return "variant" if record["variants"] else "product"


def _stock(levels: Iterable[Json], settings: Json, most: int) -> Values:
    """Sum over the chosen outlets of on hand less committed, floored, less safety stock, `most` at
    the most; nothing when no chosen outlet says anything: unknown is not 0."""
    chosen: Collection[str] = settings.get("outlets") or ()
    told = [level for level in levels if not chosen or level["outlet_id"] in chosen]
    if not told:
        return {}
    free = sum(
        (Decimal(level["on_hand"]) - Decimal(level["committed"]) for level in told), Decimal(0)
    )
    units = int(free.to_integral_value(ROUND_FLOOR)) - int(settings.get("safety_stock") or 0)
    return {"stock": max(0, min(units, most))}
