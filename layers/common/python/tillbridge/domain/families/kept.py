"""A family as the mirror keeps it."""

from dataclasses import dataclass, field

from tillbridge.domain.families.family import Family
from tillbridge.domain.ids import MemberId
from tillbridge.domain.polling import Told


@dataclass(frozen=True, slots=True)
class KeptFamily:
    """`version` is minted by the mirror's one writer, 0 of a family that is new. `told`: what its newest version tells;
    it stays when that was told, so it counts only above `PollState.emitted`. `joining`: members that the index of
    members does not give to it yet. `unreadable`: in words why nothing but its stock may be used, until a
    put says "": its row cannot be read, or it is too large to be kept."""

    family: Family
    version: int = 0
    told: Told = field(default_factory=Told)
    joining: frozenset[MemberId] = frozenset()
    unreadable: str = ""
