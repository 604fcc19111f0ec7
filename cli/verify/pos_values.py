"""The rules for single values of a POS record, taken directly from the articles.

Retail POS: "Retail POS will push all product information to BigCommerce whenever an update/change
is made", blanks included; only the eight things are BigCommerce's. AmberPOS: names are unique.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from cli.verify.model import Json
from cli.verify.texts import one_key, plain, plain_name, words_of

MOST_STOCK = 2_147_483_647
"""BigCommerce's documented limit, for one level and for all variants of a product together."""

_COUNTS = ("on_hand", "committed")
_ENDLESS = re.compile(r"(\d)(\1*|0*)")
"""What people type for stock without an end: 9999999999, 10000000000."""


@dataclass(frozen=True, slots=True)
class PosUnit:
    """A product of the POS, or one variant of it, and the store's settings."""

    record: Json
    settings: Json
    variant: Json | None = None

    @property
    def own(self) -> Json:
        """The record of the product or variant itself."""
        return self.record if self.variant is None else self.variant


def text(unit: PosUnit, key: str) -> str:
    """Return a text without what nobody sees at its ends."""
    return plain(unit.own[key] or "")


def name(unit: PosUnit) -> str:
    """Return a product's name as it must stand online."""
    return plain_name(unit.own["name"] or "")


def brand(unit: PosUnit) -> str:
    """Return the name of a product's brand as it must stand online."""
    return plain_name(unit.own["brand"] or "")


def sku(unit: PosUnit) -> str:
    """Return a SKU; blank for a product whose SKU one of its variants has.

    In BigCommerce a SKU is unique across products and variants."""
    own = text(unit, "sku")
    if unit.variant is not None:
        return own
    held = {one_key(variant["sku"] or "") for variant in unit.record["variants"]}
    return "" if one_key(own) in held else own


def price(unit: PosUnit) -> Decimal | None:
    """Return a variant's own price, else its product's; None, not 0, when both are missing."""
    amount = _own_or_products(unit, "price")
    return None if amount is None else Decimal(amount)


def cost(unit: PosUnit) -> Decimal:
    """Return a variant's own cost, else its product's, else 0. A variant's 0 counts as missing.

    BigCommerce's documentation: it "displays as null when `cost_price` equals zero"."""
    return Decimal(unit.own["cost"] or 0) or Decimal(unit.record["cost"] or 0)


def code(unit: PosUnit, kind: str) -> str:
    """Return the first barcode of a kind that BigCommerce has, "upc" or "gtin", or "".

    An EAN is a GTIN, and a GTIN has only digits."""
    for barcode in unit.own["barcodes"]:
        found = plain(barcode["code"])
        if kind == "upc":
            fits = barcode["type"] == "UPC"
        else:
            fits = barcode["type"] != "UPC" and found.isascii() and found.isdigit()
        if found and fits:
            return str(found)
    return ""


def tracking(unit: PosUnit) -> str:
    """Return where BigCommerce must count stock: "none", "product" or "variant"."""
    if not unit.record["track_stock"]:
        return "none"
    return "variant" if unit.record["variants"] else "product"


def stock(unit: PosUnit) -> int | None:
    """Return the level: over the chosen outlets, on hand less committed, rounded down, less safety
    stock, within BigCommerce's limit.

    Return None, not 0, when stock is not counted here or no chosen outlet reports it, and for a
    number that cannot be a count: nobody knows the level then."""
    counted_at = "product" if unit.variant is None else "variant"
    if tracking(unit) != counted_at:
        return None
    most = MOST_STOCK // max(1, len(unit.record["variants"]))
    return _level(unit.own["stock"], unit.settings, _safety(unit), most)


def condition(unit: PosUnit) -> str | None:
    """Return New, Used or Refurbished; None for a blank condition.

    BigCommerce has no blank condition (products_catalog.v3.yml), so nothing can be compared."""
    return text(unit, "condition") or None


def type_of(unit: PosUnit) -> str | None:
    """Return physical or digital; None for a blank type, because BigCommerce has no blank one."""
    return text(unit, "type") or None


def options(unit: PosUnit) -> str:
    """Return a variant's options in words."""
    return options_text((each["name"], each["value"]) for each in unit.own["option_values"])


def options_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Return options as people read them, sorted: 'Colour: Red, Size: S'."""
    return ", ".join(sorted((f"{words_of(n)}: {words_of(v)}" for n, v in pairs), key=one_key))


def _own_or_products(unit: PosUnit, key: str) -> str | None:
    own: str | None = unit.own[key]
    inherited: str | None = unit.record[key] if own is None else own
    return inherited


def _safety(unit: PosUnit) -> int:
    learned = unit.settings.get("learned_safety")
    if learned is None:
        return int(unit.settings.get("safety_stock") or 0)
    variant = "" if unit.variant is None else unit.own["id"]
    return int(learned.get(unit.record["id"], {}).get(variant, 0))


def _level(levels: Iterable[Json], settings: Json, safety: int, most: int) -> int | None:
    chosen: Collection[str] = settings.get("outlets") or ()
    counted = [level for level in levels if not chosen or level["outlet_id"] in chosen]
    if not counted or any(_is_a_code(level[key]) for level in counted for key in _COUNTS):
        return None
    free = sum(
        (Decimal(level["on_hand"]) - Decimal(level["committed"]) for level in counted), Decimal(0)
    )
    units = int(free.to_integral_value(ROUND_FLOOR)) - safety
    return max(0, min(units, most))


def _is_a_code(number: object) -> bool:
    # A barcode scanned into a count is larger than anything BigCommerce can count.
    count = abs(Decimal(str(number)))
    return count > MOST_STOCK and not _ENDLESS.fullmatch(str(int(count)))
