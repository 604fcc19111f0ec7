"""From where on the POS is asked what it booked."""

from dataclasses import dataclass, replace

OVERLAP_MS = 5 * 60_000
"""How long a POS may take to commit a change after giving it a version. Until then it may still appear
below versions that have been read already."""


@dataclass(frozen=True, slots=True)
class ListedSoFar:
    """`settled`: the version below which nothing can appear any more; from there on the list is read.
    `newest`: the last that was read at `newest_ms` (epoch ms), which settles once the overlap is over."""

    settled: int = 0
    newest: int = 0
    newest_ms: int = 0


def read_to(before: ListedSoFar, version: int, began_ms: int) -> ListedSoFar:
    """Return how far the list was read, when a reading that began at `began_ms` came to its end at this
    version. Only what an earlier reading saw, longer ago than the overlap, is settled."""
    if not before.newest_ms:
        return replace(before, newest=version, newest_ms=began_ms)
    if began_ms - before.newest_ms < OVERLAP_MS:
        return before
    return ListedSoFar(before.newest, version, began_ms)
