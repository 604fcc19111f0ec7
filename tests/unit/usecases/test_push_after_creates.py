"""What a create leaves behind: the storefront's channel and the first level."""

from tests.builders import STORE, a_product, some_stock
from tests.unit.usecases.meanwhile import BusyStore
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


def test_a_sale_while_first_levels_are_read_is_not_overtaken_by_an_older_level() -> None:
    web = BusyStore()
    world = World(web=web)
    product = a_product(stock=(some_stock(5),))
    sold = a_product(version=2, stock=(some_stock(4),))
    world.ask(product)
    web.during("assign_channel", lambda: world.happens("sale.completed", sold))
    world.push_until_quiet()
    levels = [
        item.level for called in web.log if called.method == "set_stock" for item in called.sent
    ]
    assert levels[0] == 4, "the older level went after the sale was stored"
    assert set(levels) == {4}
    assert world.link(product).assigned
    assert not world.pending.rows
