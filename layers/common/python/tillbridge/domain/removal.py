"""A store that was removed: it is not connected any more, and what is kept of it goes after 30 days
(docs/adr/0050-a-removed-store-stays-thirty-days.md)."""

from dataclasses import dataclass

from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId

KEPT_DAYS = 30
KEPT_MS = KEPT_DAYS * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Removal:
    """That a store was removed, when (epoch ms) and by whom. `connection`: as it was, to bring it back."""

    store: StoreId
    at_ms: int
    by: str
    connection: Connection

    @property
    def until_ms(self) -> int:
        """Return until when it may come back (epoch ms)."""
        return self.at_ms + KEPT_MS


type LeftoverPlace = tuple[str, str, str] | None
"""How far the deleting of a removed store came that goes on: the table that is read whole, and the key after which it
goes on; None at the beginning."""


@dataclass(frozen=True, slots=True)
class RemovedEntry:
    """A removed store as their list has it. `clean`: nothing of ours is in BigCommerce any more. `going`: its deleting has begun, so it cannot come back; `place`: how far
    that is."""

    store: StoreId
    at_ms: int
    by: str
    going: bool = False
    place: LeftoverPlace = None
    clean: bool = False

    @property
    def until_ms(self) -> int:
        """Return until when it may come back (epoch ms)."""
        return self.at_ms + KEPT_MS
