"""Products that are linked from the start."""

from collections.abc import Sequence

from cli.deployment.target import Target
from sandbox.pos.inputs import ProductInput
from sandbox.runner import LocalWorld
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import Link, LinkStatus


def load_linked(
    world: LocalWorld,
    target: Target,
    store: StoreId,
    products: Sequence[ProductInput],
    numbers: Sequence[int],
) -> None:
    """Put simple products into the POS without an event, each linked to the BigCommerce product of its
    number."""
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
            assigned=True,
        )
        target.links.linked(store, link)
