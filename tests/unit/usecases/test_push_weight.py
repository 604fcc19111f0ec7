"""Products are taken by their variants, so that memory stays bounded, and calls stay full."""

from dataclasses import replace
from decimal import Decimal
from math import ceil

import pytest

from tests.builders import a_jumper, a_variant, some_stock
from tests.world import World
from tillbridge.domain.call_sizes import PRODUCTS_A_CALL
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.product import Product
from tillbridge.usecases.push.taking import weight, window

SIZES = ("S", "M", "L")


def jumpers(count: int, **fields: object) -> list[Product]:
    """Return products of three sizes."""
    return [_jumper(f"p-{number:02}", **fields) for number in range(count)]


def _jumper(product: str, **fields: object) -> Product:
    variants = tuple(
        replace(
            a_variant(size),
            id=PosVariantId(f"{product}-{size}"),
            sku=f"{product}-{size}",
            stock=(some_stock(5 if fields else 2),),
        )
        for size in SIZES
    )
    whole: dict[str, object] = {"name": product, "sku": product, "variants": variants, **fields}
    return a_jumper(id=PosProductId(product), **whole)


@pytest.mark.parametrize("most", [4, 50, 90, 10_000])
def test_a_window_of_heavy_products_is_cut_at_a_full_call(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weight, "MOST_WEIGHT", most)
    monkeypatch.setattr(window, "MOST_WEIGHT", most)
    world = World()
    there = jumpers(45)
    world.linked(*there)
    world.happens("product.saved", *jumpers(45, version=2, price=Decimal(2)))
    world.push_until_quiet()
    fits = max(1, most // 4)
    a_window = fits - fits % PRODUCTS_A_CALL if fits >= PRODUCTS_A_CALL else fits
    calls = ceil(45 / PRODUCTS_A_CALL) if a_window >= PRODUCTS_A_CALL else ceil(45 / a_window)
    assert world.writes().count("update_products") == calls
    assert all(world.link(product).content_version == 2 for product in there)


def test_levels_of_heavy_products_go_in_one_call_as_long_as_it_has_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weight, "MOST_WEIGHT", 50)
    world = World()
    world.linked(*jumpers(45))
    world.happens("inventory_count.completed", *jumpers(45, version=2))
    world.push_until_quiet()
    assert world.writes().count("set_stock") == 1
