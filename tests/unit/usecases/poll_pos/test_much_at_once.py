"""Whatever moved at once, no poll is cut off in the middle of it, and each goes on where the one before came."""

from collections.abc import Collection, Mapping
from typing import Any

import pytest

from tests.poll_world import PollWorld
from tillbridge.domain.ids import MemberId, PosAccountKey, PosProductId
from tillbridge.ports.pos_mirror import KeptFamily
from tillbridge.usecases.poll_pos.settle import AT_ONCE

PRODUCTS = [f"p-{number:04d}" for number in range(10 * AT_ONCE)]
A_FUNCTION_S = 120
"""So long the function `poll` may run (template.yaml)."""


class BusyMirror:
    """A mirror that takes a while for each read of families (s), be they changed or not."""

    def __init__(self, world: PollWorld, seconds: float) -> None:
        self._world, self._seconds = world, seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.mirror, name)

    def read(
        self, account: PosAccountKey, ids: Collection[PosProductId]
    ) -> Mapping[PosProductId, KeptFamily]:
        self._world.clock.advance(self._seconds)
        return self._world.mirror.read(account, ids)


def never_read() -> PollWorld:
    """Return a world that was never read."""
    world = PollWorld()
    world.vendor.page = AT_ONCE
    for each in PRODUCTS:
        world.vendor.save(each)
        world.vendor.level(each, 7)
    return world


def counted() -> PollWorld:
    """Return a world in which every product was counted."""
    world = never_read()
    world.poll()
    world.forget()
    for each in PRODUCTS:
        world.vendor.level(each, 8)
    return world


@pytest.mark.parametrize("make", [never_read, counted])
def test_it_is_joined_in_slices(make: Any) -> None:
    world = make()
    mirror = BusyMirror(world, 25)
    for _ in range(40):
        world.clock.advance(60)
        began = world.clock.now
        world.clock.advance(-60)
        goes_on = world.poll(mirror=mirror).goes_on
        assert world.clock.now - began <= A_FUNCTION_S * 1_000, "it is cut off"
        if not goes_on:
            break
    assert {world.product(each).stock[0].on_hand for each in PRODUCTS} == {
        world.vendor.stock[MemberId(PRODUCTS[0]), "o-1"].on_hand
    }
    assert {product for _, product in world.told()} == {*PRODUCTS}
