"""A mirror that was lost with its counter is built anew, and its news are above all that was told before."""

from tests.fakes.pos_mirror import FakePosMirror
from tests.poll_world import settled


def test_what_it_mints_is_above_all_that_was_told_before_and_no_store_is_read_for_it() -> None:
    world = settled("chair", "lamp")
    for times in range(50):
        world.vendor.level("chair", times)
        world.poll()
    before = max(kept.version for kept in world.families.values())
    world.mirror = FakePosMirror()
    world.poll()
    assert min(kept.version for kept in world.families.values()) > before
