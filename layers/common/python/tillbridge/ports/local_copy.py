"""The local copy: what the POS view and the Web view list. Never read for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreId


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One product of one side ('pos' or 'web'), as a list shows it."""

    side: str
    id: str
    name: str
    sku: str = ""
    product_number: str = ""
    price: str = ""
    stock: str = ""
    image: str = ""
    version: int = 0
    deleted: bool = False


class LocalCopy(Protocol):
    """Written by whoever reads a record."""

    def put(self, store: StoreId, rows: Iterable[CopyRow]) -> None:
        """Writes rows; the last writer wins, it is only a view."""
        ...
