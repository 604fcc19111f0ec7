"""What is put of the families that a page changes, and what is to be told of them. Reads and writes nothing."""

from collections.abc import Mapping
from dataclasses import replace

from tillbridge.domain.families.family import Family, renamed
from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.families.parts import LevelPart
from tillbridge.domain.families.placing import Placement, with_placed
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.polling import Told


def to_put(
    before: Mapping[PosProductId, KeptFamily],
    placement: Placement,
    names: Mapping[str, str],
    *,
    emitted: int,
    first: bool,
) -> list[KeptFamily]:
    """Return the families that are to be put. `names`: those of brands, vendors and departments, as far as they were
    asked for; what was told up to `emitted` is told. The `first` time that an account is read whole, levels are no
    news of their own."""
    changed = []
    for after in with_placed(before, placement):
        named = replace(after, family=renamed(after.family, names)) if names else after
        told = told_of(before.get(named.family.id), named, emitted=emitted, first=first)
        changed.append(replace(named, told=told))
    return changed


def told_of(before: KeptFamily | None, after: KeptFamily, *, emitted: int, first: bool) -> Told:
    """Return what is to be told of a family: what changed, and what of its version before was not told yet. Of one
    that nobody knew, and of which nothing is left, there is nothing to tell."""
    lives = _lives(after.family)
    if before is None:
        return Told(items=lives)
    # Read whole anew, every row is another, those of products too that were gone before.
    news = not first or lives or _lives(before.family)
    told = Told(
        items=news and after.family.items != before.family.items,
        levels=not first
        and any(_moved(before.family, level) for level in after.family.levels.values()),
    )
    return told | before.told if before.version > emitted else told


def _lives(family: Family) -> bool:
    return any(not each.deleted for each in family.items.values())


def _moved(before: Family, level: LevelPart) -> bool:
    """Return whether a level is news: any that was touched, for an equal one may be a count, or a sale and a return. The
    first 0 of a member is not: a POS makes such rows by itself for a product that an import has just created, and
    nobody counted. One whose stock was not tracked before is tracked from now on."""
    known = before.levels.get((level.member, level.outlet))
    if known is not None:
        return level != known
    item = before.items.get(level.member)
    was_untracked = item is not None and not item.fields.track_stock
    return not level.deleted and (bool(level.on_hand) or was_untracked)
