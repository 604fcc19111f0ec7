"""A linked product that has changed, and whether the change is online."""

from decimal import Decimal

from tests.builders import a_product
from tests.world import World


def changed_world() -> World:
    """Return a world with one change to push."""
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2, price=Decimal(2)))
    return world


def arrived(world: World) -> bool:
    """Return whether the change is online and nothing waits."""
    return world.link(a_product()).content_version == 2 and not world.pending.rows
