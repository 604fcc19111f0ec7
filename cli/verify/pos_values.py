"""The rules of single values of a POS record, read straight from the articles.

Retail POS: "Retail POS will push all product information to BigCommerce whenever an update/change
is made", blanks included; only the eight things are BigCommerce's. AmberPOS: names are unique.
"""

import html
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from cli.verify.model import Json

MOST_STOCK = 2_147_483_647
"""BigCommerce's documented limit of one level, and of a product's variants together."""


@dataclass(frozen=True, slots=True)
class PosUnit:
    """A product of the POS, or one variant of it, and the store's settings."""

    record: Json
    settings: Json
    variant: Json | None = None

    @property
    def own(self) -> Json:
        """What the unit itself says."""
        return self.record if self.variant is None else self.variant


def text(unit: PosUnit, key: str) -> str:
    """A text without blanks at its ends."""
    return (unit.own[key] or "").strip()


def name(unit: PosUnit) -> str:
    """A product's name as a shopper reads it."""
    return plain_name(unit.own["name"] or "")


def sku(unit: PosUnit) -> str:
    """SKUs are unique across products and variants: one that a variant has is the variant's."""
    own = text(unit, "sku")
    if unit.variant is not None:
        return own
    held = {(variant["sku"] or "").strip().casefold() for variant in unit.record["variants"]}
    return "" if own.casefold() in held else own


def price(unit: PosUnit) -> Decimal | None:
    """A variant's own price, else its product's; None where there is none: 0 is no gap's price."""
    amount = _own_or_products(unit, "price")
    return None if amount is None else Decimal(amount)


def cost(unit: PosUnit) -> Decimal:
    """A variant's own cost, else its product's; 0 where there is none. A variant's cost of 0 is none:
    BigCommerce's documentation says that it "displays as null when `cost_price` equals zero"."""
    return Decimal(unit.own["cost"] or 0) or Decimal(unit.record["cost"] or 0)


def code(unit: PosUnit, kind: str) -> str:
    """The first code of one of BigCommerce's two kinds, "upc" or "gtin"; an EAN is a GTIN, and
    GTINs are digits."""
    for barcode in unit.own["barcodes"]:
        found = barcode["code"].strip()
        if kind == "upc":
            fits = barcode["type"] == "UPC"
        else:
            fits = barcode["type"] != "UPC" and found.isascii() and found.isdigit()
        if found and fits:
            return str(found)
    return ""


def tracking(unit: PosUnit) -> str:
    """Where BigCommerce must count: nowhere, at the product, or at its variants."""
    if not unit.record["track_stock"]:
        return "none"
    return "variant" if unit.record["variants"] else "product"


def stock(unit: PosUnit) -> int | None:
    """Sum over the chosen outlets of on hand less committed, floored, less safety stock, within
    BigCommerce's limit; None where nothing is counted, and when no chosen outlet says anything:
    unknown is not 0."""
    counted_at = "product" if unit.variant is None else "variant"
    if tracking(unit) != counted_at:
        return None
    most = MOST_STOCK // max(1, len(unit.record["variants"]))
    return _level(unit.own["stock"], unit.settings, most)


def condition(unit: PosUnit) -> str | None:
    """New, Used or Refurbished; None for a blank one: BigCommerce has no blank to show
    (products_catalog.v3.yml), so nothing can be said of what it shows."""
    return text(unit, "condition") or None


def options(unit: PosUnit) -> str:
    """A variant's options in words."""
    return options_text((each["name"], each["value"]) for each in unit.own["option_values"])


def options_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Options as people read them, in one order: 'Colour: Red, Size: S'."""
    return ", ".join(sorted((f"{n.strip()}: {v.strip()}" for n, v in pairs), key=str.casefold))


def plain_name(typed: str) -> str:
    """A name as a shopper reads it: entities decoded, one line, no blanks at its ends.

    BigCommerce keeps entities raw, so they must be gone before."""
    while (decoded := html.unescape(typed)) != typed:
        typed = decoded
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in typed).strip()


def _own_or_products(unit: PosUnit, key: str) -> str | None:
    own: str | None = unit.own[key]
    inherited: str | None = unit.record[key] if own is None else own
    return inherited


def _level(levels: Iterable[Json], settings: Json, most: int) -> int | None:
    chosen: Collection[str] = settings.get("outlets") or ()
    told = [level for level in levels if not chosen or level["outlet_id"] in chosen]
    if not told:
        return None
    free = sum(
        (Decimal(level["on_hand"]) - Decimal(level["committed"]) for level in told), Decimal(0)
    )
    units = int(free.to_integral_value(ROUND_FLOOR)) - int(settings.get("safety_stock") or 0)
    return max(0, min(units, most))
