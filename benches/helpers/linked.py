"""Products that are linked from the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cli.deployment.local_world import connect_world, sandbox_account
from cli.deployment.target import Target
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.inputs import ProductInput
from sandbox.runner import LocalWorld
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link, LinkStatus

STOCK = 3
"""Units of each lantern, on both sides."""


def load_linked(
    world: LocalWorld,
    target: Target,
    store: StoreId,
    products: Sequence[ProductInput],
    numbers: Sequence[int],
    level: int | None = None,
) -> None:
    """Put simple products into the POS without an event, each linked to the BigCommerce product of its
    number. `level`: the stock level that was last sent of each; None when none was, and then whatever
    touches a product sends it."""
    world.pos.cloud.load(list(products))
    for product, number in zip(products, numbers, strict=True):
        link = Link(
            product=PosProductId(product.id or ""),
            status=LinkStatus.LINKED,
            id=StoreProductId(number),
            name=product.name,
            sku=product.sku,
            tracking="product",
            visible=True,
            level=level,
            assigned=True,
        )
        target.links.linked(store, link)


@dataclass(frozen=True, slots=True)
class Linked:
    """A connected store whose products are linked: the deployment, and each product's ids on both
    sides."""

    target: Target
    products: list[str]
    numbers: list[int]


def lanterns(world: LocalWorld, store: StoreServer, name: StoreId, count: int) -> Linked:
    """Connect the store of a local world and put `count` equal lanterns on both sides, linked."""
    target = connect_world(world, sandbox_account(name, store), store.token)
    numbers: list[int] = store.control.seed(products=[lantern_online(n) for n in range(count)])
    products = [_lantern(n) for n in range(count)]
    load_linked(world, target, name, products, numbers, STOCK)
    return Linked(target, [product.id or "" for product in products], numbers)


def lantern_online(number: int) -> dict[str, Any]:
    """Return a lantern as BigCommerce has it."""
    return {
        "name": f"Lantern {number}",
        "sku": f"L-{number}",
        "type": "physical",
        "weight": 0,
        "price": 12.5,
        "inventory_tracking": "product",
        "inventory_level": STOCK,
    }


def _lantern(number: int) -> ProductInput:
    fields = {"id": f"p-{number}", "name": f"Lantern {number}", "sku": f"L-{number}"}
    return ProductInput.model_validate(
        {**fields, "price": "12.50", "stock": {"o-main": str(STOCK)}}
    )
