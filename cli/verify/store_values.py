"""How single values are read of a BigCommerce product or variant."""

from dataclasses import dataclass
from decimal import Decimal

from cli.verify.model import Json
from cli.verify.pos_values import options_text
from cli.verify.store_reader import Online


@dataclass(frozen=True, slots=True)
class StoreUnit:
    """A product as it is online, or one variant of it, and what else was read of the store."""

    product: Json
    online: Online
    variant: Json | None = None

    @property
    def own(self) -> Json:
        """What the unit itself says."""
        return self.product if self.variant is None else self.variant


def text(unit: StoreUnit, key: str) -> str:
    """A text without blanks at its ends; null is blank. A variant's stands for itself:
    BigCommerce's files name none that it has from its product."""
    return (unit.own[key] or "").strip()


def price(unit: StoreUnit) -> Decimal:
    """A price; a variant's null is its product's."""
    own = unit.own["price"]
    return _money(unit.product["price"] if own is None else own)


def cost(unit: StoreUnit) -> Decimal:
    """A cost; a variant's null is its product's, and so is a 0, which BigCommerce shows as null."""
    return _money(unit.own["cost_price"] or unit.product["cost_price"])


def brand(unit: StoreUnit) -> str:
    """The name of the product's brand."""
    number = int(unit.product["brand_id"] or 0)
    return unit.online.brands.get(number, f"brand {number}").strip() if number else ""


def level(unit: StoreUnit) -> int:
    """Units on hand, as the Inventory API says; else as the catalogue says."""
    levels = unit.online.product_levels if unit.variant is None else unit.online.variant_levels
    return levels.get(int(unit.own["id"]), int(unit.own["inventory_level"] or 0))


def options(unit: StoreUnit) -> str:
    """A variant's options in words."""
    return options_text(
        (each["option_display_name"], each["label"]) for each in unit.own["option_values"]
    )


def _money(amount: object) -> Decimal:
    return Decimal(str(amount or 0))
