"""A POS that is down or refuses an id: work is kept, and only the product concerned is reported."""

from collections.abc import Mapping, Sequence

import pytest

from tests.arrivals import arrivals
from tests.builders import STORE, a_product
from tests.fakes.pos import FakePos
from tests.unit.usecases.changed import arrived, changed_world
from tests.unit.usecases.meanwhile import later
from tests.unit.usecases.test_push_lanes import lamps
from tests.world import World
from tillbridge.domain.errors import (
    PosDown,
)
from tillbridge.domain.events import Event, changes
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.product import Product


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


class AnyCase(FakePos):
    """A POS that finds an id whatever its case, and returns it as it was first written."""

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        folded = {each.casefold() for each in ids}
        return {key: record for key, record in self.records.items() if key.casefold() in folded}


@pytest.mark.parametrize("trigger", ["product.saved", "sale.completed", "push.requested"])
def test_an_id_in_another_case_is_another_product_and_harms_none(trigger: str) -> None:
    world = World(pos=AnyCase())
    lantern = a_product("p-1a")
    world.linked(lantern)
    before = world.link(lantern)
    event = Event("e", STORE, trigger, world.clock.now_ms(), ((PosProductId("P-1A"), 2),))
    world.pending.mark(changes(event, arrivals(world.clock)))
    world.push_until_quiet()
    assert world.link(lantern) == before
    assert world.writes() == []
    assert world.pending.rows == []
    if trigger == "push.requested":
        problem = world.link("P-1A").problem
        assert problem is not None
        assert problem.code == "not_in_pos"
