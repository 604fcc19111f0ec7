"""What benches say of many measured numbers."""

import pytest

from benches.helpers.numbers import p95


@pytest.mark.parametrize("count", [1, 2, 19, 20, 21, 29, 30, 33, 100, 1_001])
def test_95_of_a_hundred_do_not_exceed_it_and_fewer_the_one_below(count: int) -> None:
    numbers = [float(number) for number in range(count, 0, -1)]
    found = p95(numbers)
    assert sum(number <= found for number in numbers) >= 0.95 * count
    assert sum(number < found for number in numbers) < 0.95 * count
