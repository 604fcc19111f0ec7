"""The products of the stories: one that a bug is planted for, and its neighbours."""

from dataclasses import replace
from typing import Any

from tests.builders import a_jumper, a_product, a_variant
from tests.fakes.store_records import ProductRecord
from tests.world import World
from tillbridge.domain.errors import Refused
from tillbridge.domain.ids import PosProductId, PosVariantId
from tillbridge.domain.product import Product

BAD = PosProductId("p-bad")
IDS = ("p-1", "p-2", BAD, "p-3", "p-4")
NEIGHBOURS = tuple(product for product in IDS if product != BAD)
IMAGE = "https://shop.example/{}-{}.jpg"


def lamp(product: str, **fields: Any) -> Product:
    """Return a simple product of its own name and SKU."""
    return a_product(product, **{"name": f"Lamp {product}", "sku": f"SKU-{product}", **fields})


def jumper(product: str, *sizes: str, **fields: Any) -> Product:
    """Return a product with sizes of its own SKUs."""
    variants = tuple(
        replace(a_variant(size), id=PosVariantId(f"{product}-{size}"), sku=f"{product}-{size}")
        for size in sizes
    )
    own: dict[str, Any] = {"id": PosProductId(product), "name": f"Jumper {product}"}
    return a_jumper(**own, sku=f"SKU-{product}", variants=variants, **fields)


def online(world: World, product: str) -> ProductRecord:
    """Return what is online of a product."""
    link = world.link(product)
    assert link.id is not None
    return world.web[link.id]


def refuse_each(world: World, refusal: Refused | None = None) -> None:
    """Have BigCommerce refuse whatever is written for the products."""
    for product in IDS:
        link = world.link(product)
        assert link.id is not None
        world.web.refuses[link.id] = refusal or Refused(422, "odd")
