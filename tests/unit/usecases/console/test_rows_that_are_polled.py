"""A row that a page asks for again says what the list would say."""

import pytest

from tests.builders import LANTERN, STORE, a_product
from tests.console_world import ConsoleWorld
from tillbridge.domain.lanes import PRODUCT_LANES, Lane
from tillbridge.domain.pending import Change, arrival
from tillbridge.domain.selection import Question
from tillbridge.usecases.console.list_products import list_products
from tillbridge.usecases.console.rows_now import rows_now


@pytest.mark.parametrize("lane", PRODUCT_LANES)
def test_a_row_says_the_same_when_it_is_polled(lane: Lane) -> None:
    world = ConsoleWorld()
    world.show(a_product())
    now = world.clock.now_ms()
    # Its sender's clock is an hour behind: what a list tells is when it arrived.
    change = Change(STORE, lane, LANTERN, 1, arrival(now), now - 3_600_000, "product.saved")
    world.pending.mark([change])
    listed = list_products(world.console, STORE, "pos", Question()).rows
    assert list(rows_now(world.console, STORE, "pos", [LANTERN])) == list(listed)
