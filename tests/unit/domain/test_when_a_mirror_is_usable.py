"""What was read of a vendor's POS is used once it was read whole, in the epoch that the account is in."""

from dataclasses import replace

import pytest

from tillbridge.domain.errors import NeedsAttention, PosDown
from tillbridge.domain.polling import PollState, usable

READ = PollState(epoch=1, walked_ms=5)


def test_products_of_an_account_that_was_read_whole_are_used() -> None:
    assert usable(READ, 1) is READ


def test_until_an_account_was_read_whole_its_products_wait() -> None:
    with pytest.raises(PosDown, match="being read whole"):
        usable(replace(READ, walked_ms=0), 1)


def test_trouble_of_an_account_is_told_to_whoever_reads_its_products() -> None:
    with pytest.raises(NeedsAttention, match="Adopt it"):
        usable(replace(READ, trouble="pos_went_back", words="Adopt it."), 1)


def test_an_account_that_was_just_adopted_is_no_trouble_any_more_and_its_old_products_wait() -> (
    None
):
    with pytest.raises(PosDown, match="being read whole"):
        usable(replace(READ, trouble="pos_went_back", words="Adopt it."), 2)
