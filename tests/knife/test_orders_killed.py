"""The process dies after each port call of a day with web orders: both sides end as if it had not, and no
unit is offered again on the way."""

import pytest

from tests.knife.loop import play, settle
from tests.knife.meeting import meet
from tests.knife.orders import ORDER_STORIES, end_with_orders


@pytest.mark.parametrize("story", ORDER_STORIES)
def test_uncut_it_ends_with_what_may_be_sold(story: str) -> None:
    world = ORDER_STORIES[story]()
    settle(world)
    for product, units in world.may_sell.items():
        assert world.web.records.products[world.number(product)].levels[1] == units
    assert world.reoffered == []


@pytest.mark.parametrize("story", ORDER_STORIES)
def test_a_death_after_any_call_ends_the_same_and_offers_nothing_again(story: str) -> None:
    outcome = play(ORDER_STORIES[story], end=end_with_orders)
    assert outcome.points > 20
    assert not outcome.differing, "\n".join(outcome.differing[:3])


@pytest.mark.parametrize("story", ORDER_STORIES)
def test_two_drains_that_meet_at_any_call_end_as_one(story: str) -> None:
    outcome = meet(ORDER_STORIES[story])
    assert outcome.points > 20
    assert not outcome.differing, "\n".join(outcome.differing[:3])
