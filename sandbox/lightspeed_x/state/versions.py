"""The account's one counter of versions: rising, with gaps, for records of every kind (fact 1)."""

from random import Random

FIRST = 59_780_000
_WIDEST_GAP = 9


class Versions:
    """Versions in order; the caller holds the catalogue's lock."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.newest = FIRST

    def next(self) -> int:
        """Return a version above all others, mostly not the next number."""
        self.newest += self._random.randint(1, _WIDEST_GAP)
        return self.newest

    def fall_to(self, version: int) -> None:
        """Go on from an older version, as after a restored backup."""
        self.newest = version
