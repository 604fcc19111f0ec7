"""The rules for single values of a BigCommerce product or variant."""

from dataclasses import dataclass
from decimal import Decimal

from cli.verify.model import Json
from cli.verify.pos_values import options_text
from cli.verify.store_reader import Online
from cli.verify.texts import plain


@dataclass(frozen=True, slots=True)
class StoreUnit:
    """A product as it is online, or one variant of it, and everything read from the store."""

    product: Json
    online: Online
    variant: Json | None = None

    @property
    def own(self) -> Json:
        """The record of the product or variant itself."""
        return self.product if self.variant is None else self.variant


def text(unit: StoreUnit, key: str) -> str:
    """Return a text without what nobody sees at its ends; null is blank.

    A variant's blank stays blank: BigCommerce documents no text that it takes from its product."""
    return plain(unit.own[key] or "")


def price(unit: StoreUnit) -> Decimal:
    """Return a price; a variant with a null price has its product's."""
    own = unit.own["price"]
    return _money(unit.product["price"] if own is None else own)


def cost(unit: StoreUnit) -> Decimal:
    """Return a cost; a variant with null, or 0 shown as null, has its product's."""
    return _money(unit.own["cost_price"] or unit.product["cost_price"])


def brand(unit: StoreUnit) -> str:
    """Return the name of the product's brand."""
    number = int(unit.product["brand_id"] or 0)
    return plain(unit.online.brands.get(number, f"brand {number}")) if number else ""


def level(unit: StoreUnit) -> int:
    """Return the units on hand from the Inventory API, or from the catalogue when it has none."""
    levels = unit.online.product_levels if unit.variant is None else unit.online.variant_levels
    return levels.get(int(unit.own["id"]), int(unit.own["inventory_level"] or 0))


def options(unit: StoreUnit) -> str:
    """Return a variant's options in words."""
    return options_text(
        (each["option_display_name"], each["label"]) for each in unit.own["option_values"]
    )


def _money(amount: object) -> Decimal:
    return Decimal(str(amount or 0))
