"""What a create leaves behind: the storefront's channel and the first level."""

from tests.builders import STORE, a_product
from tests.world import World
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.pending import Change


def test_it_stays_until_the_link_is_there_whoever_meets_it_before() -> None:
    world = World()
    product = a_product()
    world.pos.save(product)
    world.links.begin(STORE, Link(product.id, LinkStatus.CREATING, name=product.name))
    world.pending.mark([Change(STORE, Lane.AFTER, product.id, product.version, 0, 1, "follow-up")])
    world.push()
    assert [(row.lane, row.product) for row in world.pending.rows] == [(Lane.AFTER, product.id)]
    world.ask(product)
    world.push_until_quiet()
    link = world.link(product)
    assert link.is_linked
    assert link.assigned
    assert link.level is not None
    assert not world.pending.rows


def test_it_goes_with_a_create_that_was_refused() -> None:
    world = World()
    product = a_product()
    world.web.seed(product.name)
    world.ask(product)
    world.pending.mark([Change(STORE, Lane.AFTER, product.id, product.version, 0, 1, "follow-up")])
    world.push_until_quiet()
    assert world.link(product).status is LinkStatus.FAILED
    assert not world.pending.rows
