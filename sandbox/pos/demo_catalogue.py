"""The demo catalogue: the forty products of a homeware shop, some awkward on purpose."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sandbox.pos.csv_text import table
from sandbox.pos.inputs import ProductInput
from sandbox.pos.product_rows import read
from sandbox.pos.product_shapes import OWN_SHAPE

_FILE = Path(__file__).with_name("demo_catalogue.csv")


@cache
def _products() -> tuple[ProductInput, ...]:
    found = table(_FILE.read_text(encoding="utf-8"))
    return tuple(read(found, OWN_SHAPE, _FILE.name).products)


def demo_products() -> list[ProductInput]:
    """Return fresh copies of the demo products, in file order."""
    return [product.model_copy(deep=True) for product in _products()]
