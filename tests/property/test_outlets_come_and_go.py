"""Whatever becomes of outlets, what stores know of in the end are the units of the open ones, and no others."""

from dataclasses import dataclass, field
from random import Random

import pytest

from tests.poll_world import KEY, PollWorld
from tillbridge.domain.ids import MemberId, PosProductId

PRODUCTS = [PosProductId(f"p-{number}") for number in range(4)]
OUTLETS = [f"o-{number}" for number in range(1, 5)]

type Known = dict[PosProductId, dict[str, int]]


@dataclass
class Town:
    """A POS, and what a store knows of its products since it was last told of each."""

    dice: Random
    world: PollWorld = field(default_factory=PollWorld)
    known: Known = field(default_factory=dict)

    def one_thing(self) -> None:
        """Let an outlet be closed, opened, deleted or made, or a level move."""
        vendor, outlet = self.world.vendor, self.dice.choice(OUTLETS)
        match self.dice.randrange(6):
            case 0:
                vendor.closed ^= {outlet}
            case 1 if outlet in vendor.outlets_there and len(vendor.outlets_there) > 1:
                vendor.outlets_there.remove(outlet)
            case 2 if outlet not in vendor.outlets_there:
                vendor.outlets_there.append(outlet)
            case _:
                vendor.level(self.dice.choice(PRODUCTS), self.dice.randrange(1, 50), outlet)

    def poll(self, seconds: int) -> None:
        """Poll so much later, and let the store read what it is told of."""
        self.world.bus.told.clear()
        self.world.clock.advance(seconds)
        self.world.poll()
        for product in {name for _, name in self.world.told()}:
            self.known[PosProductId(product)] = self.shown(PosProductId(product))

    def shown(self, product: PosProductId) -> dict[str, int]:
        """Return the units of a product by outlet, as a push reads them."""
        (found,) = self.world.mirror.products(KEY, [product]).values()
        return {each.outlet_id: int(each.on_hand) for each in found.stock}


@pytest.mark.parametrize("seed", range(30))
def test_stores_know_the_units_of_open_outlets_in_the_end(seed: int) -> None:
    town = Town(Random(seed))
    vendor = town.world.vendor
    for product in PRODUCTS:
        vendor.save(product)
    for _ in range(60):
        town.one_thing()
        if town.dice.random() < 0.4:
            town.poll(town.dice.choice((0, 0, 0, 3_600)))
    for seconds in (0, 3_600, 0, 3_600, 0):
        town.poll(seconds)
    open_now = {*vendor.outlets_there} - vendor.closed
    for product in PRODUCTS:
        there = {
            o: int(each.on_hand)
            for (of, o), each in vendor.stock.items()
            if of == MemberId(product)
        }
        offered = {outlet: units for outlet, units in there.items() if outlet in open_now}
        shown = town.shown(product)
        if offered or not open_now:
            assert shown == offered
        else:
            assert sum(shown.values()) == 0
            assert bool(shown) == bool(there)
        assert town.known.get(product, {}) == shown, "nobody told the store"
