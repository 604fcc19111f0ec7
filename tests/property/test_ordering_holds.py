"""Whatever is renamed to whatever, no update in the planned order takes a key that is still
held."""

from hypothesis import given
from hypothesis import strategies as st

from tillbridge.domain.claims import Key
from tillbridge.domain.ordering import Claim, Order, order

type Holders = dict[Key, int]


@st.composite
def renames(draw: st.DrawFn) -> list[Claim[int]]:
    """Generate items that each hold a name and a SKU (or none) and want others: swaps, chains,
    rings."""
    count = draw(st.integers(1, 9))
    pool = [str(n) for n in range(count + 3)]
    kinds: dict[str, tuple[list[str], list[str]]] = {
        kind: (draw(st.permutations(pool)), draw(st.permutations(pool))) for kind in ("name", "sku")
    }
    claims = []
    for item in range(count):
        blank = [draw(st.booleans()) and kind == "sku" for kind in kinds]
        holds: set[Key] = {
            (kind, before[item])
            for (kind, (before, _)), no in zip(kinds.items(), blank, strict=True)
            if not no
        }
        claims.append(
            Claim(
                item,
                frozenset(holds),
                frozenset((k, after[item]) for k, (_, after) in kinds.items()),
            )
        )
    return claims


def _carry_out(claims: list[Claim[int]], found: Order[int]) -> Holders:
    holders: Holders = {key: claim.item for claim in claims for key in claim.holds}
    for item, freed in found.releases.items():
        for key in freed:
            assert holders.pop(key) == item, f"{item} gave up {key}, which it does not hold"
    by_item = {claim.item: claim for claim in claims}
    for rank in sorted(set(found.rank.values())):
        wave = [item for item in by_item if found.rank[item] == rank]
        for going in (wave, wave[::-1]):  # in any order: both directions from one start
            trial = dict(holders)
            for item in going:
                _take(trial, by_item[item], item)
        holders = trial
    return holders


def _take(holders: Holders, claim: Claim[int], item: int) -> None:
    for key in claim.wants:
        assert holders.get(key, item) == item, f"{item} takes {key} from {holders[key]}"
    for key in [key for key, holder in holders.items() if holder == item]:
        del holders[key]
    holders.update(dict.fromkeys(claim.wants, item))


@given(renames())
def test_executing_the_ranks_in_order_never_takes_a_held_key(claims: list[Claim[int]]) -> None:
    holders = _carry_out(claims, order(claims))
    assert holders == {key: claim.item for claim in claims for key in claim.wants}


@given(renames())
def test_every_update_has_one_rank_and_ranks_start_at_nought(claims: list[Claim[int]]) -> None:
    found = order(claims)
    assert set(found.rank) == {claim.item for claim in claims}
    assert min(found.rank.values()) == 0


@given(renames())
def test_only_what_is_held_and_wanted_by_another_is_ever_given_up(
    claims: list[Claim[int]],
) -> None:
    by_item = {claim.item: claim for claim in claims}
    wanted_by_others = {key: claim.item for claim in claims for key in claim.wants}
    for item, freed in order(claims).releases.items():
        assert freed <= by_item[item].holds - by_item[item].wants
        assert all(wanted_by_others[key] != item for key in freed)
