"""Who leads a family on whose leader is gone.

Between two polls a shop adds a variant and deletes the one that led: the others then stand under a member that nobody knows.
It is no new family: the link, which stands by the family, would end with its leader."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tillbridge.domain.families.family import joined
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.families.parts import LevelPart, Part
from tillbridge.domain.families.placing import MemberIndex, in_turn
from tillbridge.domain.ids import MemberId, PosProductId


def left_behind(parts: Iterable[Part], index: MemberIndex) -> frozenset[PosProductId]:
    """Return the families that must be read before `heirs`: those of members whose parent nobody knows."""
    return frozenset(family for family, _ in _under_strangers(in_turn(parts), index))


def heirs(
    parts: Iterable[Part], index: MemberIndex, families: Mapping[PosProductId, KeptFamily]
) -> MemberIndex:
    """Return the unknown parents of a page with the family that each leads on: one of `families` in which nobody is left
    who leads. A family that has its leader loses its member to a new one."""
    page = in_turn(parts)
    found: dict[MemberId, PosProductId] = {}
    for family, parent in _under_strangers(page, index):
        kept = families.get(family)
        if kept is None:
            continue
        own = (part for part in page if index.get(part.member) == family)
        items = joined(kept.family, own).items.values()
        if all(item.deleted or item.parent is not None for item in items):
            found.setdefault(parent, family)
    return found


def _under_strangers(
    page: Sequence[Part], index: MemberIndex
) -> Iterator[tuple[PosProductId, MemberId]]:
    """Yield the family of each known living member whose parent is unknown, with that parent."""
    for part in page:
        family = index.get(part.member)
        if family is None or isinstance(part, LevelPart) or part.deleted:
            continue
        if part.parent is not None and part.parent not in index:
            yield family, part.parent
