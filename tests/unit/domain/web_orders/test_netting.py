"""An edited order tells the POS the difference of its goods, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.web_orders.netting import Change, netted

few = st.integers(0, 4)
changes = st.lists(st.builds(Change, st.sampled_from("SM"), few, few), max_size=6)


def test_the_same_goods_under_a_new_line_stay_with_the_old_one() -> None:
    assert netted([Change("S", 2, 0), Change("S", 0, 2)]) == (2, 0)


def test_a_line_that_rises_by_more_than_another_falls_is_told_the_rest() -> None:
    assert netted([Change("S", 2, 0), Change("S", 0, 3)]) == (2, 1)


def test_a_line_that_falls_by_more_than_another_rises_gives_the_rest_back() -> None:
    assert netted([Change("S", 3, 0), Change("S", 0, 1)]) == (1, 0)


def test_what_one_line_keeps_no_other_keeps_again() -> None:
    assert netted([Change("S", 2, 0), Change("S", 2, 0), Change("S", 0, 3)]) == (2, 1, 0)
    assert netted([Change("S", 3, 0), Change("S", 0, 2), Change("S", 0, 2)]) == (3, 0, 1)


def test_goods_of_another_kind_are_no_exchange() -> None:
    assert netted([Change("S", 2, 0), Change("M", 0, 2)]) == (0, 2)


@given(changes)
def test_each_holder_is_told_what_it_owes_and_no_unit_goes_out_and_comes_back(
    some: list[Change],
) -> None:
    told = netted(some)
    assert len(told) == len(some)
    for holder in {change.holder for change in some}:
        mine = [(c, n) for c, n in zip(some, told, strict=True) if c.holder == holder]
        assert sum(now for _, now in mine) == sum(change.now for change, _ in mine)
        out = sum(max(0, now - change.before) for change, now in mine)
        back = sum(max(0, change.before - now) for change, now in mine)
        assert 0 in (out, back)
        assert all(now >= 0 for _, now in mine)
