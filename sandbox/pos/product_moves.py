"""What staff do to products in a day.

Each function returns a sentence on what it did, and raises NothingFitsError if no product fits.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.pos.inputs import ProductInput
from sandbox.pos.model import Product, Variant
from sandbox.pos.numbers import money_text
from sandbox.pos.shop_floor import Floor

_MOST_VARIANTS = 50


def reprice(floor: Floor) -> str:
    """Save a product and all its variants with a new price."""
    product = floor.one()
    price = floor.new_price(product)
    changes: dict[str, Any] = {"price": price}
    if product.variants:
        changes["variants"] = [_kept(variant) | {"price": price} for variant in product.variants]
    floor.cloud.save_product(product.id, **changes)
    return f"{_called(product)} now costs {price}"


def rename(floor: Floor) -> str:
    """Save a product under a new name."""
    product = floor.one()
    name = floor.new_name(product)
    floor.cloud.save_product(product.id, name=name)
    return f"{_called(product)} is now called {name}"


def blank_description(floor: Floor) -> str:
    """Blank a description, a part number and a condition: blanks are pushed as well."""
    described = any(product.description_html for product in floor.products())
    product = floor.one(lambda p: bool(p.description_html) or not described)
    floor.cloud.save_product(product.id, description_html="", mpn="", condition=None)
    return f"the description of {_called(product)} was deleted"


def describe(floor: Floor) -> str:
    """Write a description, a cost, a brand, part numbers and a condition."""
    product = floor.one()
    window = floor.rng.randint(1, 9)
    changes: dict[str, Any] = {
        "description_html": f"<p>As seen in window {window} &amp; inside.</p>",
        "cost": "1.25",
        "brand": "Window & Sons",
        "mpn": f"W/{window}",
        "condition": ("New", "Used", "Refurbished")[window % 3],
    }
    if product.variants:
        changes["variants"] = [
            _kept(variant) | {"mpn": f"W/{window}-{place}"}
            for place, variant in enumerate(product.variants, 1)
        ]
    floor.cloud.save_product(product.id, **changes)
    return f"{_called(product)} was described anew"


def deactivate(floor: Floor) -> str:
    """Take a product off sale."""
    product = floor.one(lambda p: p.active)
    floor.cloud.save_product(product.id, active=False)
    return f"{_called(product)} was taken off sale"


def delete(floor: Floor) -> str:
    """Delete a product."""
    product = floor.one(lambda p: p.id not in floor.swapped)
    floor.cloud.delete_product(product.id)
    return f"{_called(product)} was deleted"


def first_variant(floor: Floor) -> str:
    """Give a product without variants its first one."""
    product = floor.one(lambda p: not p.variants and p.track_stock)
    variant = {
        "option_values": [{"name": "Size", "value": "Regular"}],
        "price": money_text(product.price),
        "stock": {floor.outlet(): floor.rng.randint(1, 20)},
    }
    floor.cloud.save_product(product.id, variants=[variant])
    return f"{_called(product)} got its first variant"


def gain_variant(floor: Floor) -> str:
    """Give a product with variants one more."""
    product = floor.one(lambda p: 0 < len(p.variants) < _MOST_VARIANTS)
    (first, _), *others = product.variants[0].option_values
    taken = {value for variant in product.variants for _, value in variant.option_values}
    value = next(f"No. {n}" for n in range(1, 1000) if f"No. {n}" not in taken)
    chosen = [{"name": first, "value": value}]
    chosen += [{"name": name, "value": kept} for name, kept in others]
    new = {"option_values": chosen, "price": floor.new_price(product)}
    kept = [_kept(variant) for variant in product.variants]
    floor.cloud.save_product(product.id, variants=[*kept, new | {"stock": {floor.outlet(): 4}}])
    return f"{_called(product)} got one more variant"


def lose_variant(floor: Floor) -> str:
    """Remove one of a product's several variants."""
    product = floor.one(lambda p: len(p.variants) > 1)
    lost = floor.rng.choice(product.variants)
    kept = [_kept(variant) for variant in product.variants if variant is not lost]
    floor.cloud.save_product(product.id, variants=kept)
    return f"{_called(product)} lost a variant"


def swap_skus(floor: Floor) -> str:
    """Swap the SKUs of two products."""
    one, other = floor.some(2)
    floor.swapped |= {one.id, other.id}
    floor.cloud.save_products([{"id": one.id, "sku": other.sku}, {"id": other.id, "sku": one.sku}])
    return f"{_called(one)} and {_called(other)} swapped SKUs"


def swap_names(floor: Floor) -> str:
    """Swap the names of two products."""
    one, other = floor.some(2)
    floor.swapped |= {one.id, other.id}
    floor.cloud.save_products(
        [{"id": one.id, "name": other.name}, {"id": other.id, "name": one.name}]
    )
    return f"{_called(one)} and {_called(other)} swapped names"


def import_csv(floor: Floor) -> str:
    """Import a file of new prices and costs."""
    few = max(1, min(12, len(floor.products())))
    rows = [
        ProductInput(id=p.id, price=Decimal(floor.new_price(p)), cost=Decimal("2.20"))
        for p in floor.some(few)
    ]
    floor.cloud.import_products(rows, "evening-prices.csv", len(rows))
    return f"a file changed the prices of {len(rows)} products"


def _kept(variant: Variant) -> dict[str, Any]:
    """Return the fields of a save that keep a variant as it is."""
    values = [{"name": name, "value": value} for name, value in variant.option_values]
    return {"id": variant.id, "sku": variant.sku, "option_values": values}


def _called(product: Product) -> str:
    name = product.name.strip()
    return name if len(name) <= 40 else f"{name[:39]}…"
