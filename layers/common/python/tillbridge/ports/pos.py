"""The POS, as pushes read it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tillbridge.domain.ids import PosProductId
from tillbridge.domain.product import Product

BATCH = 100
"""The most ids that one read takes."""


class Pos(Protocol):
    """The system of record of one connection."""

    def products(self, ids: Sequence[PosProductId]) -> Mapping[PosProductId, Product]:
        """Return the newest records of up to 100 ids: deleted products as tombstones (`deleted`),
        unknown ones not at all.

        Raise PosDown, PosRefused when the POS calls an id invalid, or NeedsAttention when it
        refuses our token."""
        ...
