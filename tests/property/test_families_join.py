"""A family is the same whatever way its parts came: joining is commutative, idempotent and associative."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.pos_mirror import FakePosMirror
from tests.mirrored import ACCOUNT, take_page
from tillbridge.domain.families.family import Family, joined
from tillbridge.domain.families.parts import ItemPart, LevelPart, MemberFields, Part
from tillbridge.domain.ids import MemberId, PosProductId
from tillbridge.ports.pos_mirror import PosMirror

MEMBERS = ("a", "b", "c", "d")
CHAIR = Family(PosProductId("a"))


def an_item_of(member: str, version: int, parent: str | None, *, deleted: bool) -> ItemPart:
    # Rows of one member and version are one row: what else is in it follows from both.
    fields = MemberFields(name=f"{member} {version}", price=Decimal(version))
    under = None if parent is None else MemberId(parent)
    return ItemPart(MemberId(member), version, under, deleted, fields)


versions = st.integers(0, 6)
items = st.builds(
    lambda member, version: an_item_of(
        member, version, None if member == "a" else "a", deleted=version % 3 == 2
    ),
    st.sampled_from(MEMBERS),
    versions,
)
levels = st.builds(
    lambda member, outlet, version: LevelPart(
        MemberId(member), outlet, version, Decimal(version) / 3, deleted=version % 4 == 3
    ),
    st.sampled_from(MEMBERS),
    st.sampled_from(("o-1", "o-2")),
    versions,
)
parts = st.lists(items | levels, max_size=40)


@given(parts, st.randoms(use_true_random=False))
def test_any_order_with_any_repetition_gives_the_same_family(
    some: list[Part], random: Random
) -> None:
    once = joined(CHAIR, some)
    again = [*some, *random.choices(some, k=len(some) * 2)] if some else []
    random.shuffle(again)
    assert joined(CHAIR, again) == once


@given(parts, parts, parts)
def test_it_does_not_matter_which_pages_parts_came_in(
    one: list[Part], two: list[Part], three: list[Part]
) -> None:
    together = joined(CHAIR, [*one, *two, *three])
    assert joined(joined(joined(CHAIR, one), two), three) == together
    assert joined(joined(CHAIR, three), [*two, *one]) == together


@given(parts)
def test_what_is_known_already_leaves_the_very_same_family(some: list[Part]) -> None:
    family = joined(CHAIR, some)
    assert joined(family, some) is family


@given(parts, parts)
def test_no_part_ever_goes_back(one: list[Part], two: list[Part]) -> None:
    before, after = joined(CHAIR, one), joined(CHAIR, [*one, *two])
    assert all(after.items[m].version >= part.version for m, part in before.items.items())
    assert all(after.levels[k].version >= part.version for k, part in before.levels.items())


def rows() -> st.SearchStrategy[list[Part]]:
    """Draw the rows that a vendor has of some members now: one a member, children below roots, levels of them."""
    parents = {"a": None, "b": "a", "c": "a", "d": None, "e": "d", "f": None}
    row = st.builds(
        lambda member, version: an_item_of(
            member, version + 1, parents[member], deleted=version == 5
        ),
        st.sampled_from(sorted(parents)),
        versions,
    )
    return st.tuples(
        st.lists(row, unique_by=lambda part: part.member, min_size=1), st.lists(levels)
    ).map(lambda both: [*both[0], *both[1]])


def families(mirror: PosMirror) -> dict[PosProductId, Family]:
    return {kept.family.id: kept.family for kept in mirror.families(ACCOUNT)}


def in_pages(mirror: PosMirror, some: Sequence[Part], size: int) -> None:
    for at in range(0, len(some), size):
        take_page(mirror, some[at : at + size])


@given(rows(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_children_before_parents_in_any_pages_give_the_same_families(
    some: list[Part], random: Random, size: int
) -> None:
    whole, paged = FakePosMirror(), FakePosMirror()
    known = {part.member for part in some if isinstance(part, ItemPart)}
    some = [
        part for part in some if part.member in known
    ]  # a level has a place when its member has
    take_page(whole, some)
    shuffled = [part for part in some if isinstance(part, ItemPart)]
    random.shuffle(shuffled)
    in_pages(paged, shuffled, size)
    in_pages(paged, [part for part in some if isinstance(part, LevelPart)], size)
    assert families(paged) == families(whole)
    before = len(paged.puts)
    in_pages(paged, some, size)
    assert sum(paged.puts[before:]) == 0


moves = st.lists(
    st.builds(
        lambda member, version, parent: an_item_of(member, version, parent, deleted=version == 9),
        st.sampled_from(("a", "b", "c")),
        st.integers(1, 9),
        st.sampled_from((None, "r-1", "r-2")),
    ),
    unique_by=lambda part: (part.member, part.version),
    max_size=12,
)


@given(moves, st.randoms(use_true_random=False), st.integers(1, 4))
def test_whoever_moves_lives_in_one_family_by_the_newest_row(
    some: list[ItemPart], random: Random, size: int
) -> None:
    mirror = FakePosMirror()
    roots = [an_item_of(root, 1, None, deleted=False) for root in ("r-1", "r-2")]
    take_page(mirror, roots)
    late = random.sample(some, len(some))
    in_pages(mirror, late, size)
    newest = {part.member: part for part in sorted(some, key=lambda each: each.version)}
    for _ in range(2):  # a walk, and the next one
        in_pages(mirror, random.sample(list(newest.values()), len(newest)), size)
    found = families(mirror)
    index = mirror.families_of(ACCOUNT, newest)
    for member, row in newest.items():
        living = [id_ for id_, of in found.items() if _lives(of, member)]
        assert living == ([] if row.deleted else [index[member]])
        assert row.deleted or row.parent is None or index[member] == PosProductId(row.parent)
        assert found[index[member]].items[member] == row


def _lives(family: Family, member: MemberId) -> bool:
    return member in family.items and not family.items[member].deleted
