"""Late commits, doubles and shuffled rows lose nothing, whatever changes in the shop meanwhile."""

from random import Random

import pytest

from tests.poll_world import PollWorld
from tests.polled_shop import a_day, check


@pytest.mark.parametrize("seed", range(20))
def test_a_nasty_pos_is_mirrored_in_the_end(seed: int) -> None:
    dice = Random(seed)
    world = PollWorld()
    world.vendor.dice = Random(seed + 1_000)
    for _ in a_day(world, dice, 120):
        world.vendor.page = dice.choice((1, 2, 5, 200))
        world.poll()
    check(world)


@pytest.mark.parametrize("seed", range(20))
def test_parts_in_any_order_make_the_same_families(seed: int) -> None:
    dice = Random(seed)
    ordered, shuffled = PollWorld(), PollWorld()
    for _ in a_day(ordered, dice, 60):
        ordered.poll()
    shuffled.vendor.rows = dict(ordered.vendor.rows)
    shuffled.vendor.stock = dict(ordered.vendor.stock)
    shuffled.vendor.dice = dice
    shuffled.poll()
    check(ordered)
    check(shuffled)
