"""Like for like is no document: an order that was edited under new line ids has the same goods, and the
POS is not told to take one line back and to book another."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A line of an order: what holds its stock, the units that the POS was last asked to have taken
    off for it, and the units it owes now."""

    holder: Hashable
    before: int
    now: int


def netted(changes: Sequence[Change]) -> tuple[int, ...]:
    """Return the units that the POS is told of each line. Their sum for each holder is what is owed.

    Within a holder, a line that falls keeps as many units as others rise by; those rise by that much
    less, in line order. So the POS books the difference of the sums and nothing else."""
    spare: dict[Hashable, int] = defaultdict(int)
    wanted: dict[Hashable, int] = defaultdict(int)
    for change in changes:
        spare[change.holder] += max(0, change.before - change.now)
        wanted[change.holder] += max(0, change.now - change.before)
    kept = {holder: min(spare[holder], wanted[holder]) for holder in spare}
    cut = dict(kept)
    found = []
    for change in changes:
        if change.now < change.before:
            stays = min(change.before - change.now, kept[change.holder])
            kept[change.holder] -= stays
            found.append(change.now + stays)
        else:
            less = min(change.now - change.before, cut[change.holder])
            cut[change.holder] -= less
            found.append(change.now - less)
    return tuple(found)
