"""Whatever happens in the shop, at the vendor, on the way and online: at rest the web shows what the POS has.

A walk that goes wrong is made short by `python -m tests.property.vendor_path SEED SEED+1 STEPS`."""

import pytest

from tests.property.vendor_path.walk import steps_of, walk

SHORT, LONG = range(3), range(1_000, 1_040)


@pytest.mark.parametrize("seed", SHORT)
def test_a_short_walk_ends_with_both_sides_equal(seed: int) -> None:
    assert walk(seed, steps_of(seed, 50)) == []


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", LONG)
def test_a_long_walk_ends_with_both_sides_equal(seed: int) -> None:
    assert walk(seed, steps_of(seed, 200)) == []
