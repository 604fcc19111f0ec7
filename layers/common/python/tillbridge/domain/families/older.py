"""Whether a POS tells of records as they were before: a list that is read now has each of them as it is."""

from collections.abc import Mapping

from tillbridge.domain.families.family import LevelKey
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.families.parts import LevelPart
from tillbridge.domain.families.placing import Placement
from tillbridge.domain.ids import MemberId, PosProductId


def has_older(families: Mapping[PosProductId, KeptFamily], placement: Placement) -> bool:
    """Return whether a member's newest row of this page, or a level's, is older than the one that is known."""
    for id_, parts in placement.parts.items():
        kept = families.get(id_)
        if kept is None:
            continue
        known: dict[MemberId | LevelKey, int] = {
            **{member: item.version for member, item in kept.family.items.items()},
            **{key: level.version for key, level in kept.family.levels.items()},
        }
        told: dict[MemberId | LevelKey, int] = {}
        for part in parts:
            key = (part.member, part.outlet) if isinstance(part, LevelPart) else part.member
            told[key] = max(part.version, told.get(key, 0))
        if any(version < known.get(key, 0) for key, version in told.items()):
            return True
    return False
