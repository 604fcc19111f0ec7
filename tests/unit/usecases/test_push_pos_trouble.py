"""A POS that is down or refuses an id: work is kept, and only the product concerned is reported."""

from tests.builders import STORE, a_product
from tests.unit.usecases.changed import arrived, changed_world
from tests.unit.usecases.meanwhile import later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.errors import (
    PosDown,
)
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import LinkStatus


def test_a_pos_that_is_down_keeps_all_work_and_says_so_nowhere_on_a_product() -> None:
    world = changed_world()
    world.pos.fail_next(PosDown("The POS is out of reach.", 4.0))
    world.push()
    assert world.writes() == []
    assert len(world.pending.rows) == 1
    assert world.link(a_product()).problem is None
    ((_, seconds),) = world.signals.wakes
    assert seconds >= 4
    world.clock.advance(seconds)
    world.push()
    assert arrived(world)


def test_an_id_the_pos_finds_invalid_is_told_and_holds_up_no_other() -> None:
    world = World()
    products = lamps(30)
    odd = PosProductId("not an id")
    world.pos.finds_invalid.add(odd)
    world.ask(*products[:15], a_product(odd), *products[15:])
    world.push_until_quiet()
    assert all(world.link(p).status is LinkStatus.LINKED for p in products)
    problem = world.link(odd).problem
    assert problem is not None
    assert problem.code == "not_in_pos"
    connection = world.stores.find(STORE)
    assert connection is not None
    assert connection.failures == 0


def test_an_id_the_pos_finds_invalid_and_nobody_asked_for_leaves_nothing_behind() -> None:
    world = World()
    odd = PosProductId("not an id")
    world.pos.finds_invalid.add(odd)
    world.happens("product.saved", a_product(odd))
    world.push_until_quiet()
    assert not world.pending.rows
    assert world.links.get(STORE, [odd]) == {}


def test_an_id_the_pos_refuses_for_a_while_is_pushed_afterwards_and_never_hidden() -> None:
    world = World()
    world.linked(a_product())
    world.happens("product.saved", a_product(version=2))
    world.pos.finds_invalid.add(a_product().id)
    for _ in range(3):
        world.push()
        world.clock.advance(10)
    assert world.writes() == []
    world.pos.finds_invalid.clear()
    later(world)
    assert world.link(a_product()).content_version == 2
