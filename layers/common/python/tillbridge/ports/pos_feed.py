"""The POS's feed of changes."""

from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.product import Product

FEED_PAGE = 500


@dataclass(frozen=True, slots=True)
class PosPage:
    """Products by ascending version, tombstones among them. `settled` is the highest version in the
    page up to which every record is older than the overlap: after a younger record, one of a lower
    version may still appear that was slow to commit. When no record is old enough, `settled` is the
    version asked from; when all are, it is `next_version`."""

    products: tuple[Product, ...]
    next_version: int
    more: bool
    settled: int


class PosFeed(Protocol):
    """The changes in the POS, in the order of versions."""

    def changes(self, since: int) -> PosPage:
        """Return up to 500 products whose version is above `since`. Raise PosDown, or
        NeedsAttention when the POS refuses our token."""
        ...
