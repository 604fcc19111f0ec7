"""A linked product that changed, and whether the change arrived."""

from decimal import Decimal

from tests.builders import a_product
from tests.world import World


def changed_world() -> World:
    """A store with work to do."""
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, price=Decimal(2)))
    return world


def arrived(world: World) -> bool:
    """Whether it is online."""
    return world.link(a_product()).content_version == 2 and not world.pending.rows
