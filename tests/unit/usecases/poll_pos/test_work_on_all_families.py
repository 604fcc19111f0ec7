"""What concerns every family of a large account is done in slices, each of which goes on where the one before stopped."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.poll_world import KEY, PollWorld, settled
from tillbridge.domain.families.parts import Named
from tillbridge.domain.ids import PosAccountKey, PosProductId
from tillbridge.ports.pos_mirror import KeptFamily

FAMILIES = 30
NAMES = [f"p-{number:02d}" for number in range(FAMILIES)]


class SlowMirror:
    """The mirror of a large shop: a look at each family takes so long (s). `looked`: those that were looked at."""

    def __init__(self, world: PollWorld, seconds: float) -> None:
        self._world, self._seconds = world, seconds
        self.looked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.mirror, name)

    def families(
        self, account: PosAccountKey, after: PosProductId | None = None
    ) -> Iterator[KeptFamily]:
        for kept in self._world.mirror.families(account, after):
            self.looked.append(kept.family.id)
            self._world.clock.advance(self._seconds)
            yield kept


def of_a_brand() -> PollWorld:
    """Return a world of which every product has a brand that is renamed, a day later."""
    world = PollWorld()
    world.vendor.brands = {"b-1": "Oak"}
    for each in NAMES:
        world.vendor.save(each, brand=Named("b-1", "Oak"))
    world.poll()
    world.forget()
    world.vendor.brands = {"b-1": "Oak & Son"}
    world.clock.advance(86_400)
    return world


def with_an_outlet_closed() -> PollWorld:
    """Return a world of which every product has stock at an outlet that is closed, an hour later."""
    world = settled(*NAMES, levels=NAMES)
    world.vendor.closed = {"o-1"}
    world.clock.advance(3_600)
    return world


STORIES = {"names": of_a_brand, "outlets": with_an_outlet_closed}


@pytest.mark.parametrize("story", STORIES)
def test_it_goes_on_in_the_next_slice_and_tells_each_product_once(story: str) -> None:
    world = STORIES[story]()
    mirror = SlowMirror(world, 7)
    first = world.poll(mirror=mirror)
    assert first.goes_on
    assert world.pokes.signalled == [KEY]
    assert 0 < len(world.told()) < FAMILIES
    for _ in range(2 * FAMILIES):
        if not world.poll(mirror=mirror).goes_on:
            break
    assert sorted(product for _, product in world.told()) == NAMES
    assert world.state.places == {}
    assert len(mirror.looked) < 2 * FAMILIES, "no slice began anew"


@pytest.mark.parametrize("story", STORIES)
def test_no_slice_of_it_is_longer_than_a_slice(story: str) -> None:
    world = STORIES[story]()
    mirror = SlowMirror(world, 7)
    for _ in range(8):
        world.clock.advance(60)
        began = world.clock.now
        world.clock.advance(-60)
        world.poll(mirror=mirror)
        assert world.clock.now - began <= 60_000 + 7_000


def test_an_outlet_that_closes_meanwhile_is_told_of_every_product() -> None:
    world = settled(*NAMES, levels=NAMES)
    for each in NAMES:
        world.vendor.level(each, 2, "o-2")
    world.poll()
    world.vendor.closed = {"o-1"}
    world.clock.advance(3_600)
    mirror = SlowMirror(world, 7)
    assert world.poll(mirror=mirror).goes_on
    world.forget()
    world.vendor.closed = {"o-1", "o-2"}
    world.clock.advance(3_600)
    for _ in range(2 * FAMILIES):
        world.poll(mirror=mirror)
    assert {product for _, product in world.told()} == {*NAMES}


def test_a_walk_that_ends_goes_through_no_family_for_those_that_cannot_be_read() -> None:
    world = settled(*NAMES)
    mirror = SlowMirror(world, 0)
    world.clock.advance(2 * 86_400)
    world.mirror.keep_state(KEY, replace(world.state, named_ms=world.clock.now))
    assert world.poll(mirror=mirror).walked
    assert mirror.looked == []


def test_names_that_nobody_may_see_cost_no_look_at_any_family() -> None:
    world = settled(*NAMES)
    mirror = SlowMirror(world, 0)
    world.clock.advance(86_400)
    world.mirror.keep_state(KEY, replace(world.state, walked_ms=world.clock.now))
    world.poll(mirror=mirror)
    assert mirror.looked == []
    assert world.state.named_ms == world.clock.now
