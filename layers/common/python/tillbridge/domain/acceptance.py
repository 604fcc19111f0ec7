"""Drift that a person let stay: until when, and why."""

from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.findings import Difference

_DAY_MS = 86_400_000

ANY_VALUES = "any"
"""The digest of drift that may stay whatever the two values are."""

LONGEST_WHY = 200
"""Characters of a reason."""


class Until(StrEnum):
    """Until when drift may stay. All but `ever` also end when either side changes."""

    DAY = "day"
    WEEK = "week"
    CHANGED = "changed"
    EVER = "ever"

    @property
    def words(self) -> str:
        """Return it as people choose it."""
        return {
            Until.DAY: "a day",
            Until.WEEK: "a week",
            Until.CHANGED: "until either side changes",
            Until.EVER: "for ever, whatever the two sides say",
        }[self]

    def ends_ms(self, now_ms: int) -> int:
        """Return when it ends (epoch ms), accepted now; 0: at no time."""
        days = {Until.DAY: 1, Until.WEEK: 7}.get(self, 0)
        return now_ms + days * _DAY_MS if days else 0


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who let drift stay at one place of a product, when and until when (epoch ms; `until_ms` 0: at no time), and why.
    Of what was accepted before that was kept, only the digest is known."""

    digest: str
    by: str = ""
    at_ms: int = 0
    until_ms: int = 0
    why: str = ""

    def holds(self, now_ms: int) -> bool:
        """Return whether its time is not over."""
        return not self.until_ms or now_ms < self.until_ms

    def covers(self, difference: Difference, now_ms: int) -> bool:
        """Return whether a difference is the one that may stay, and its time is not over."""
        return self.holds(now_ms) and self.digest in (difference.digest, ANY_VALUES)
