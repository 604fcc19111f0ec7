"""The rules for single values of a POS record, taken directly from the articles.

Retail POS: "Retail POS will push all product information to BigCommerce whenever an update/change
is made", blanks included; only the eight things are BigCommerce's. AmberPOS: names are unique.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cli.verify.model import Json
from cli.verify.texts import one_key, plain, plain_name, words_of


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
