"""To which family each part of a vendor's page belongs.

A family has the id of the vendor's root that was seen first, for ever, so that links outlive whoever leads it. Which family
a member belongs to stands in the mirror's index of members."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from types import MappingProxyType

from tillbridge.domain.families.family import Family, joined
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.families.parts import ItemPart, LevelPart, Part
from tillbridge.domain.ids import MemberId, PosProductId

type MemberIndex = Mapping[MemberId, PosProductId]


@dataclass(frozen=True, slots=True)
class Placement:
    """What each family is joined with. `joining`: the members that the index does not give to that family yet. `moved`:
    the family that a member leaves, which keeps a tombstone of it. `unplaced`: levels of members that nobody knows."""

    parts: Mapping[PosProductId, Sequence[Part]]
    joining: Mapping[PosProductId, frozenset[MemberId]]
    moved: MemberIndex
    unplaced: Sequence[LevelPart]

    @property
    def families(self) -> frozenset[PosProductId]:
        """Return the families that must be read before `with_placed`."""
        return frozenset(self.parts)


def asked_of(parts: Iterable[Part]) -> frozenset[MemberId]:
    """Return the members whose families must be known before these parts can be placed."""
    asked: set[MemberId] = set()
    for part in parts:
        asked.add(part.member)
        if isinstance(part, ItemPart) and part.parent is not None:
            asked.add(part.parent)
    return frozenset(asked)


def family_of(part: Part, index: MemberIndex) -> PosProductId | None:
    """Return the family of a part, None of a level whose member nobody knows.

    A member goes where its parent is. Whoever has none, or one that nobody knows yet, stays in the family that has it; a
    new one begins a family, its parent's even where that comes later. A tombstone stays where its member is."""
    own = index.get(part.member)
    if isinstance(part, LevelPart) or (part.deleted and own is not None):
        return own
    if part.parent is None:
        return own or PosProductId(part.member)
    return index.get(part.parent) or own or PosProductId(part.parent)


def placed(
    parts: Iterable[Part], index: MemberIndex, leading: MemberIndex = MappingProxyType({})
) -> Placement:
    """Return where these parts of a page belong. `index` has the family of each of `asked_of` that has one, `leading` those
    that unknown members lead on (domain/families/heirs.py). Rows without a parent come first, then those with one, then levels, so that no order of the page
    matters."""
    known = {**index, **leading}
    to: dict[PosProductId, list[Part]] = {}
    joining: dict[PosProductId, set[MemberId]] = {}
    for heir, led in leading.items():
        joining.setdefault(led, set()).add(heir)
    moved: dict[MemberId, PosProductId] = {}
    unplaced: list[LevelPart] = []
    for part in in_turn(parts):
        family, before = family_of(part, known), index.get(part.member)
        if family is None:
            unplaced += [part] if isinstance(part, LevelPart) else []
            continue
        known[part.member] = family
        to.setdefault(family, []).append(part)
        if before == family or isinstance(part, LevelPart):
            continue
        joining.setdefault(family, set()).add(part.member)
        if before is not None:
            moved[part.member] = before
            to.setdefault(before, []).append(replace(part, deleted=True))
    members = {family: frozenset(some) for family, some in joining.items()}
    return Placement(to, members, moved, unplaced)


def in_portions(placement: Placement, most: int) -> Iterator[Placement]:
    """Yield the placement in portions of at most `most` families, because a page of 5,000 levels may touch as many. Only
    families between which members move come together, however many they are."""
    moving = {
        family for family, members in placement.joining.items() if members & placement.moved.keys()
    }
    moving |= set(placement.moved.values())
    still = [family for family in placement.parts if family not in moving]
    for some in (sorted(moving), *batched(still, most, strict=False)):
        if some:
            yield Placement(
                {family: placement.parts[family] for family in some},
                {f: members for f, members in placement.joining.items() if f in some},
                placement.moved if moving.issuperset(some) else {},
                [],
            )


def with_placed(
    families: Mapping[PosProductId, KeptFamily], placement: Placement
) -> list[KeptFamily]:
    """Return the families that are to be put: those that these parts change, and those of members that the index does not
    give to them yet, be they as they were. `families` has those of `placement.families` that exist.

    A member that moves takes its levels along; the old family keeps its own copy of them, so that a kill between two
    writes loses none. A row older than the old family's moves nobody."""
    late = _late(families, placement)
    out = []
    for id_, parts in placement.parts.items():
        kept = families.get(id_) or KeptFamily(Family(id_))
        joining = placement.joining.get(id_, frozenset()) - late
        brought = (
            level
            for member in joining & placement.moved.keys()
            if (left := families.get(placement.moved[member]))
            for (of, _), level in left.family.levels.items()
            if of == member
        )
        family = joined(kept.family, [*(part for part in parts if _holds(part, late)), *brought])
        if family is not kept.family or joining:
            out.append(replace(kept, family=family, joining=joining))
    return out


def in_turn(parts: Iterable[Part]) -> Sequence[Part]:
    """Return the newest row of each member, those of leaders first, then the levels."""
    rows: dict[MemberId, ItemPart] = {}
    levels: list[Part] = []
    for part in parts:
        if isinstance(part, LevelPart):
            levels.append(part)
        elif part.member not in rows or rows[part.member].version < part.version:
            rows[part.member] = part
    return [*sorted(rows.values(), key=lambda row: row.parent is not None), *levels]


def _late(families: Mapping[PosProductId, KeptFamily], placement: Placement) -> frozenset[MemberId]:
    """Return the members that would move by a row older than the one which is known."""
    late = set()
    for member, family in placement.moved.items():
        there = families[family].family.items.get(member) if family in families else None
        rows = (each for each in placement.parts[family] if isinstance(each, ItemPart))
        if there and any(row.member == member and row.version < there.version for row in rows):
            late.add(member)
    return frozenset(late)


def _holds(part: Part, late: frozenset[MemberId]) -> bool:
    return isinstance(part, LevelPart) or part.member not in late
