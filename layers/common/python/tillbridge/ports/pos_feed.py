"""The POS's feed of changes."""

from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.product import Product

FEED_PAGE = 500


@dataclass(frozen=True, slots=True)
class PosPage:
    """Products in ascending version, tombstones among them. `settled`: the highest version in the
    page up to which every record is older than the overlap; a later one may yet be overtaken by a
    lower version that was slow to commit. It is the version asked
    from when no record is old enough, and `next_version` when all are."""

    products: tuple[Product, ...]
    next_version: int
    more: bool
    settled: int


class PosFeed(Protocol):
    """What changed in the POS, in the order of versions."""

    def changes(self, since: int) -> PosPage:
        """Up to 500 products with a higher version. Raises PosDown, or NeedsAttention when the POS
        refuses our token."""
        ...
