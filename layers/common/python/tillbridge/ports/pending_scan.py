"""Every pending row of every store, for the sweep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.backlog import ScanPlace, Waiting


@dataclass(frozen=True, slots=True)
class Page:
    """What one segment gave. `after`: the key after which it goes on, None at its end. `busy`: the
    database gave nothing, and the segment stands where it stood."""

    segment: int
    rows: Sequence[Waiting]
    after: tuple[str, str] | None = None
    busy: bool = False


class PendingScan(Protocol):
    """Reads what waits, whatever its store and lane, and whether it is due or not."""

    def pages(self, place: ScanPlace) -> Sequence[Page]:
        """Return the next page of each segment in `place`, side by side. What was marked in the last
        seconds may be missing. A row that cannot be read is due, in the store of its key."""
        ...
