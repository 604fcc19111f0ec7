"""What a product needs is decided once in a drain: planning takes that decision as it is."""

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from types import FrameType
from typing import Any

from tests.builders import a_jumper, a_product
from tests.world import World
from tillbridge.domain.decision import decide
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product

MANY = 40


def test_each_created_product_is_decided_once() -> None:
    world, products = World(), _products()
    world.ask(*products)
    with _decisions() as counted:
        done = world.push_until_quiet()
    assert done.created == MANY
    assert counted == {product.id: 1 for product in products}


def test_each_updated_product_is_decided_once() -> None:
    world, products = World(), _products()
    world.linked(*products)
    changed = [replace(product, version=2, price=Decimal("7.00")) for product in products]
    world.happens("product.saved", *changed)
    with _decisions() as counted:
        done = world.push_until_quiet()
    assert done.updated == MANY
    assert counted == {product.id: 1 for product in products}


def test_each_product_that_needs_nothing_is_decided_once() -> None:
    world, products = World(), _products()
    world.linked(*products)
    world.happens("product.saved", *products)
    with _decisions() as counted:
        world.push_until_quiet()
    assert world.writes() == []
    assert counted == {product.id: 1 for product in products}


def test_a_product_whose_variants_changed_is_decided_once() -> None:
    world = World()
    world.linked(a_jumper("S"))
    world.happens("product.saved", a_jumper("S", "M", version=2))
    with _decisions() as counted:
        world.push_until_quiet()
    assert "create_option" in world.writes() or "add_option_value" in world.writes()
    assert counted == {a_jumper().id: 1}


def _products() -> list[Product]:
    return [a_product(f"p-{n}", name=f"Lamp {n}", sku=f"L-{n}") for n in range(MANY)]


@contextmanager
def _decisions() -> Iterator[Counter[PosProductId]]:
    """Count calls of `decide` by product, whoever calls it, in any thread started meanwhile."""
    counted: Counter[PosProductId] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is decide.__code__:
            counted[frame.f_locals["work"].product] += 1

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield counted
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
