"""The process dies after each port call in turn, is redelivered, and the end state is the same.

`make knife` plays every story and prints the figures; here are the short ones."""

import pytest

from tests.knife.loop import play, play_twice
from tests.knife.stories import SHORT, STORIES, TWICE


@pytest.mark.parametrize("story", SHORT)
def test_a_death_after_any_call_ends_as_if_nothing_had_happened(story: str) -> None:
    outcome = play(STORIES[story])
    assert outcome.points > 20
    assert not outcome.differing, "\n".join(outcome.differing[:3])


@pytest.mark.long
@pytest.mark.parametrize("story", TWICE[:1])
def test_a_second_death_in_the_redelivery_changes_nothing_either(story: str) -> None:
    outcome = play_twice(STORIES[story])
    assert outcome.points > 100
    assert not outcome.differing, "\n".join(outcome.differing[:3])
