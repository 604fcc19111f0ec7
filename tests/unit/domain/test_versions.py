"""Versions: a POS's number within an epoch, and one plain order over all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.versions import (
    HIGHEST_NUMBER,
    cursor_in,
    epoch_of,
    number_of,
    version_of,
)

epochs = st.integers(0, 10**18)
numbers = st.integers(0, HIGHEST_NUMBER)


@given(epoch=epochs, number=numbers)
def test_a_version_holds_both_parts(epoch: int, number: int) -> None:
    version = version_of(epoch, number)
    assert (epoch_of(version), number_of(version)) == (epoch, number)
    assert len(str(version)) <= 38  # digits that DynamoDB keeps, and an order's key has


@given(one=st.tuples(epochs, numbers), other=st.tuples(epochs, numbers))
def test_the_plain_order_is_that_of_the_epoch_and_then_of_the_number(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    assert (version_of(*one) < version_of(*other)) == (one < other)


def test_in_the_first_epoch_a_version_is_the_number() -> None:
    assert version_of(0, 17) == 17


def test_no_version_stays_no_version() -> None:
    assert (epoch_of(-1), number_of(-1)) == (0, -1)


@pytest.mark.parametrize("number", [-1, HIGHEST_NUMBER + 1, 10**19, 10**40])
def test_a_number_that_no_pos_may_send_is_no_version(number: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        version_of(0, number)


def test_the_cursor_of_another_epoch_reads_from_the_beginning() -> None:
    assert cursor_in(version_of(1, 500), 1) == 500
    assert cursor_in(version_of(1, 500), 2) == 0
    assert cursor_in(500, 1) == 0
