"""From when on a store's orders are read. Pure; all times are BigCommerce's, in epoch ms."""

from dataclasses import dataclass, replace

OVERLAP_MS = 120_000
"""How far each reading looks back before the cursor: orders may show late in the list, and whether the
filter includes its own second is not documented."""


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """What a reading has seen: the latest change, and the time up to which its pages can have missed
    nothing, which is when the first was answered."""

    latest_ms: int = 0
    certain_ms: int | None = None


def since(cursor_ms: int) -> int:
    """Return the time that a reading asks from."""
    return max(0, cursor_ms - OVERLAP_MS)


def with_page(read: ReadSoFar, modified: tuple[int, ...], answered_ms: int | None) -> ReadSoFar:
    """Return what is seen after one more page with orders of these changes. Where BigCommerce does not
    say its time, the latest change of the first page stands for it."""
    latest = max((read.latest_ms, *modified))
    certain = read.certain_ms
    if certain is None:
        certain = latest if answered_ms is None else answered_ms
    return replace(read, latest_ms=latest, certain_ms=certain)


def cursor_after(cursor_ms: int, read: ReadSoFar) -> int:
    """Return the cursor after a reading to the end: an order with a low id may have changed while the
    later pages were read. It never falls. One that did not reach the end moves no cursor."""
    if read.certain_ms is None:
        return cursor_ms
    return max(cursor_ms, min(read.latest_ms, read.certain_ms))
