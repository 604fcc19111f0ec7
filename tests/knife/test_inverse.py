"""A drain dies or loses an answer, and then the POS takes the change back, moves on or leaves it; or
a write without an answer is carried out late.

`make knife` plays every point of every change; here is every eleventh, and every nineteenth late write."""

import pytest

from tests.knife.importing import play_import
from tests.knife.inverse import ALL, play_inverse, play_late
from tillbridge.domain.connection import PushContent

pytestmark = pytest.mark.long


@pytest.mark.parametrize("mode", PushContent)
@pytest.mark.parametrize("change", ALL)
def test_whatever_the_pos_does_after_a_death_the_store_ends_as_it_says(
    change: str, mode: PushContent
) -> None:
    outcome = play_inverse(change, mode, every=11)
    assert outcome.ended >= 12
    assert not outcome.differing, "\n".join(outcome.differing[:3])


@pytest.mark.parametrize("mode", PushContent)
@pytest.mark.parametrize("change", ALL)
def test_whenever_a_write_is_carried_out_the_store_ends_as_the_pos_says(
    change: str, mode: PushContent
) -> None:
    outcome = play_late(change, mode, every=19)
    assert outcome.ended >= 6 or change == "unlink"  # which writes nothing
    assert not outcome.differing, "\n".join(outcome.differing[:3])


@pytest.mark.parametrize("mode", PushContent)
def test_whatever_the_pos_does_after_a_death_an_import_ends_as_it_says(mode: PushContent) -> None:
    outcome = play_import(mode, every=3)
    assert outcome.ended > 30
    assert not outcome.differing, "\n".join(outcome.differing[:3])
