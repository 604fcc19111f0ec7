"""Which product lets go of a name or SKU before which other."""

from tillbridge.domain.claims import Key
from tillbridge.domain.ordering import Claim, order


def _claim(item: str, holds: str, wants: str) -> Claim[str]:
    def key(name: str) -> frozenset[Key]:
        return frozenset({("name", name)})

    return Claim(item, key(holds), key(wants))


def test_updates_that_take_nothing_from_each_other_share_a_rank() -> None:
    found = order([_claim("a", "Left", "Up"), _claim("b", "Right", "Down")])
    assert found.rank == {"a": 0, "b": 0}
    assert not found.releases


def test_who_holds_a_name_goes_before_who_takes_it() -> None:
    found = order([_claim("taker", "Left", "Right"), _claim("holder", "Right", "Free")])
    assert found.rank == {"holder": 0, "taker": 1}
    assert not found.releases


def test_a_chain_goes_from_its_free_end() -> None:
    found = order([_claim("a", "1", "2"), _claim("b", "2", "3"), _claim("c", "3", "4")])
    assert found.rank == {"c": 0, "b": 1, "a": 2}


def test_a_swap_is_broken_by_one_temporary_value() -> None:
    found = order([_claim("a", "Left", "Right"), _claim("b", "Right", "Left")])
    assert len(found.releases) == 1
    (released,) = found.releases
    other = {"a": "b", "b": "a"}[released]
    assert found.rank[other] < found.rank[released]


def test_a_ring_of_three_is_broken_by_one_temporary_value() -> None:
    found = order([_claim("a", "1", "2"), _claim("b", "2", "3"), _claim("c", "3", "1")])
    assert len(found.releases) == 1
    assert sorted(found.rank.values()) == [0, 1, 2]


def test_two_rings_are_both_broken() -> None:
    ring = [_claim("a", "1", "2"), _claim("b", "2", "1")]
    other = [_claim("c", "3", "4"), _claim("d", "4", "3")]
    assert len(order([*ring, *other]).releases) == 2


def test_a_name_whose_holder_keeps_it_waits_for_nobody() -> None:
    found = order([_claim("taker", "Left", "Right"), _claim("holder", "Right", "Right")])
    assert found.rank == {"taker": 0, "holder": 0}
