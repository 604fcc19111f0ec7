"""What a product looks like online, in the same words as `in_pos`."""

from decimal import Decimal

from cli.verify.in_pos import Values, options_text
from cli.verify.model import Json
from cli.verify.store_reader import Online


def product_values(product: Json, online: Online) -> Values:
    """The fields of a product as shoppers and staff find them online."""
    number = int(product["id"])
    brand = int(product["brand_id"] or 0)
    return {
        "name": product["name"].strip(),
        "description": product["description"] or "",
        "sku": (product["sku"] or "").strip(),
        "price": _money(product["price"]),
        "cost_price": _money(product["cost_price"]),
        "brand": online.brands.get(brand, f"brand {brand}").strip() if brand else "",
        "visibility": bool(product["is_visible"]),
        "upc": (product["upc"] or "").strip(),
        "gtin": (product["gtin"] or "").strip(),
        "tracking": product["inventory_tracking"],
        "stock": online.product_levels.get(number, int(product["inventory_level"] or 0)),
    }


def variant_values(product: Json, variant: Json, online: Online) -> Values:
    """The fields of one variant; null is its product's, and so is a cost of 0, which BigCommerce
    shows as null."""
    number = int(variant["id"])

    return {
        "options": options_text(
            (chosen["option_display_name"], chosen["label"]) for chosen in variant["option_values"]
        ),
        "sku": (variant["sku"] or "").strip(),
        "price": _money(product["price"] if variant["price"] is None else variant["price"]),
        "cost_price": _money(variant["cost_price"] or product["cost_price"]),
        "upc": (variant["upc"] or "").strip(),
        "gtin": (variant["gtin"] or "").strip(),
        "stock": online.variant_levels.get(number, int(variant["inventory_level"] or 0)),
    }


def real_variants(product: Json) -> dict[int, Json]:
    """The variants with options, by id; the base variant of a simple product is none."""
    return {int(v["id"]): v for v in product.get("variants") or [] if v["option_values"]}


def on_a_channel(product: Json) -> bool:
    """Whether any sales channel shows it; a product on none is seen by nobody."""
    return bool(product.get("channels"))


def _money(amount: object) -> Decimal:
    return Decimal(str(amount or 0))
