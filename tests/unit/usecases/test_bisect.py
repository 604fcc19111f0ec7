"""Bad items are found by halving, and the good ones are saved."""

from collections.abc import Sequence
from math import ceil, log2

import pytest

from tillbridge.usecases.bisect import bisect


class Refusing:
    """Takes batches without a bad item, and refuses others without saying which item is bad."""

    def __init__(self, *bad: int) -> None:
        self.bad = set(bad)
        self.calls = 0
        self.taken: list[int] = []
        self.refused: dict[int, str] = {}

    def call(self, items: Sequence[int]) -> None:
        self.calls += 1
        if self.bad & set(items):
            raise LookupError(f"one of {len(items)} is bad")
        self.taken += items

    def refuse(self, item: int, refusal: LookupError) -> None:
        self.refused[item] = str(refusal)


@pytest.mark.parametrize("count", [1, 2, 7, 10, 50, 100])
def test_one_bad_item_stands_alone_at_the_cost_of_two_calls_a_halving(count: int) -> None:
    for bad in range(count):
        store = Refusing(bad)
        bisect(range(count), store.call, store.refuse, on=LookupError)
        assert store.refused == {bad: "one of 1 is bad"}
        assert store.taken == [n for n in range(count) if n != bad]
        assert store.calls <= 1 + 2 * ceil(log2(count))


def test_without_a_bad_item_there_is_one_call_and_without_items_none() -> None:
    store = Refusing()
    bisect(range(9), store.call, store.refuse, on=LookupError)
    bisect([], store.call, store.refuse, on=LookupError)
    assert (store.calls, store.refused) == (1, {})


def test_what_is_no_refusal_ends_it() -> None:
    store = Refusing(3)

    def down(items: Sequence[int]) -> None:
        if len(items) < 4:
            raise ConnectionError
        store.call(items)

    with pytest.raises(ConnectionError):
        bisect(range(5), down, store.refuse, on=LookupError)
    assert not store.refused
