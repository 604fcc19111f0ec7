"""Which family each part belongs to, and what the families are with it. Reads and writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tillbridge.domain.families.family import Family, joined, renamed
from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.ids import MemberId, PosProductId
from tillbridge.domain.polling import Told
from tillbridge.ports.pos_mirror import KeptFamily

type Homes = Mapping[MemberId, PosProductId]
"""The families of members."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`left` and `changed`: families to be put, those that a member left first. `homeless`: levels of members that no family has."""

    left: list[KeptFamily] = field(default_factory=list)
    changed: list[KeptFamily] = field(default_factory=list)
    homeless: list[LevelPart] = field(default_factory=list)


def aims(items: Iterable[ItemPart], homes: Homes) -> dict[MemberId, PosProductId]:
    """Return the family that each item says it belongs to: that of its parent, wherever this one is; its own, which it keeps
    for ever, where it has no parent, or one that nobody knows. A member that nobody knows begins a family, by its parent's id
    if it has one."""
    newest: dict[MemberId, ItemPart] = {}
    for item in items:
        if item.member not in newest or item.version > newest[item.member].version:
            newest[item.member] = item
    found: dict[MemberId, PosProductId] = {}
    for member, item in newest.items():
        own, parent = homes.get(member), None if item.deleted and member in homes else item.parent
        above = _family_above(parent, newest, homes) if parent else None
        found[member] = above or own or PosProductId(parent or member)
    return found


def _family_above(
    parent: MemberId, newest: Mapping[MemberId, ItemPart], homes: Homes
) -> PosProductId | None:
    """Return the family of a parent, which may itself stand below another in the same rows."""
    seen: set[MemberId] = set()
    while parent not in homes and parent in newest and parent not in seen:
        seen.add(parent)
        higher = newest[parent].parent
        if higher is None:
            return PosProductId(parent)
        parent = higher
    return homes.get(parent)


def join(
    kept: Mapping[PosProductId, KeptFamily],
    items: Sequence[ItemPart],
    levels: Sequence[LevelPart],
    homes: Homes,
    *,
    emitted: int,
    names: Mapping[str, str] = {},
    first: bool = False,
) -> Joined:
    """Join items before levels. `kept`: every family that any of them may belong to; `homes`: of the members, before. What
    was told up to `emitted` is told. The `first` time that an account is read, what comes is new, so its levels go with it."""
    goal = aims(items, homes)
    work = _Work(kept, emitted, first)
    for item in items:
        if first and item.deleted and item.member not in homes:
            continue  # vendors list whatever was ever deleted
        work.move(item, homes.get(item.member), goal[item.member])
        work.take(goal[item.member], [item], names)
    homeless: list[LevelPart] = []
    for level in levels:
        home = goal.get(level.member) or homes.get(level.member)
        if home is None:
            homeless.append(level)
        else:
            work.take(home, [level])
    return Joined(
        [work.result(each) for each in work.left if work.is_new(each)],
        [
            work.result(each)
            for each in work.families
            if work.is_new(each) and each not in work.left
        ],
        homeless,
    )


class _Work:
    """Families while parts are joined. One whose row cannot be read stays as it is."""

    def __init__(self, kept: Mapping[PosProductId, KeptFamily], emitted: int, first: bool) -> None:
        self._kept, self._emitted, self._first = kept, emitted, first
        self.families: dict[PosProductId, Family] = {}
        self.left: dict[PosProductId, None] = {}

    def take(
        self,
        family: PosProductId,
        parts: Sequence[ItemPart | LevelPart],
        names: Mapping[str, str] = {},
    ) -> None:
        """Join parts with their family."""
        there = self._there(family)
        after = joined(there, parts)
        self.families[family] = renamed(after, names) if names and after is not there else after

    def move(self, item: ItemPart, home: PosProductId | None, goal: PosProductId) -> None:
        """Take a member out of the family that it was in, with its levels, if this row of it is not older."""
        if home is None or home == goal:
            return
        before = self._there(home)
        known = before.items.get(item.member)
        if known is not None and known.version > item.version:
            return
        stone = replace(item, deleted=True, parent=None)
        # Equal when a poll was killed after the old family was put, or its parent was met too late.
        items = {**before.items, item.member: stone}
        self.families[home] = replace(before, items=items)
        self.left[home] = None
        self.take(goal, [each for (of, _), each in before.levels.items() if of == item.member])

    def is_new(self, family: PosProductId) -> bool:
        """Return whether a family is other than it is kept."""
        kept = self._kept.get(family)
        if kept is not None and kept.unreadable:
            return False
        return kept is None or self.families[family] != kept.family

    def result(self, family: PosProductId) -> KeptFamily:
        """Return a family as it is to be put, with what is to be told of it."""
        after, kept = self.families[family], self._kept.get(family)
        if kept is None:
            return KeptFamily(after, 0, Told(items=True))
        before = kept.family
        told = Told(
            items=self._first or after.items != before.items,
            levels=not self._first and after.levels != before.levels,
        )
        if kept.version > self._emitted:
            told |= kept.told
        return KeptFamily(after, kept.version, told)

    def _there(self, family: PosProductId) -> Family:
        if family not in self.families:
            kept = self._kept.get(family)
            self.families[family] = kept.family if kept else Family(family)
        return self.families[family]
