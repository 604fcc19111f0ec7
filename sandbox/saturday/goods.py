"""What a Saturday sells: small numbers of many things, so that shop and web meet at the last one."""

import random
from collections.abc import Mapping
from decimal import Decimal

from sandbox.pos.inputs import OptionValueInput, ProductInput, VariantInput

OUTLET = "o-main"
OFFER = "sat-0"
"""The product of the flash sale."""
OFFER_UNITS = 40

type Unit = tuple[str, str | None]
"""What is sold at the POS: a product, or one of its variants."""
type WebPlace = tuple[int, int]
"""A product of the store and its variant; 0 of a product in one form only."""
type Pairs = Mapping[WebPlace, Unit]
"""What each thing that the web sells is at the POS."""


def goods(seed: int, products: int) -> list[ProductInput]:
    """Return products with one to nine units each; every fourth comes in two sizes."""
    dice = random.Random(f"goods {seed}")
    return [_one(dice, number) for number in range(products)]


def _one(dice: random.Random, number: int) -> ProductInput:
    key = f"sat-{number}"
    price = Decimal(dice.randint(3, 90))
    if number % 4 == 3:
        sizes = [_size(dice, key, size) for size in ("S", "M")]
        return ProductInput(id=key, name=f"Shirt {number}", price=price, variants=sizes)
    units = OFFER_UNITS if key == OFFER else dice.randint(1, 9)
    stock = {OUTLET: Decimal(units)}
    return ProductInput(id=key, name=f"Mug {number}", sku=f"SAT-{number}", price=price, stock=stock)


def _size(dice: random.Random, key: str, size: str) -> VariantInput:
    return VariantInput(
        id=f"{key}-{size}",
        sku=f"{key}-{size}".upper(),
        option_values=[OptionValueInput(name="Size", value=size)],
        stock={OUTLET: Decimal(dice.randint(1, 5))},
    )


def place_of(pairs: Pairs, product_id: int, variant_id: int) -> WebPlace | None:
    """Return the place of a line or a level among the pairs; None for what no pair knows. A product in
    one form has a variant, too, in every line."""
    for place in ((product_id, variant_id), (product_id, 0)):
        if place in pairs:
            return place
    return None
