"""The POS, read back."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product

BATCH = 100
"""Products one read takes."""


class Pos(Protocol):
    """The system of record of one connection."""

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """The newest records; deleted ones come as tombstones (`deleted`), unknown ones not at all.

        `ids` at most 100. Raises PosDown, PosRefused when the POS finds an id invalid, or
        NeedsAttention when it refuses our token."""
        ...
