"""From when on a store's orders are read. Pure; all times are BigCommerce's, in epoch ms."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

OVERLAP_MS = 120_000
"""How far each reading looks back before the cursor: orders may show late in the list, and whether the
filter includes its own second is not documented."""


QUIET_MS = 180_000
"""How far the cursor stays behind BigCommerce's time while nothing changes, so that what many changes at
once left is not listed by every reading for ever."""


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
    seen_ms = min(read.latest_ms, read.certain_ms)
    return max(cursor_ms, seen_ms, read.certain_ms - QUIET_MS)


@dataclass(frozen=True, slots=True)
class OrdersRead:
    """How far the orders of a store are read. `cursor_ms`: up to when every change is known
    (BigCommerce's time; 0: nothing was ever read). `read_ms`: when the last reading began that reached
    its end (epoch ms, by our own clock). Of a reading that is under way: `following`, the id at which it
    goes on (0: none is), `began_ms` by our own clock, and what it has seen. Its filter stays what it was,
    so a reading that was cut off goes on in another slice. `refunds_ms`: when refunds were last read (epoch
    ms, by our own clock; 0: never)."""

    cursor_ms: int = 0
    read_ms: int = 0
    following: int = 0
    began_ms: int = 0
    so_far: ReadSoFar = field(default_factory=ReadSoFar)
    refunds_ms: int = 0


FIRST_ORDER = 1
"""The lowest id that an order can have."""


def begun(read: OrdersRead, now_ms: int) -> OrdersRead:
    """Return a reading that begins now, unless one is under way."""
    if read.following:
        return read
    return replace(read, following=FIRST_ORDER, began_ms=now_ms, so_far=ReadSoFar())


def after_page(
    read: OrdersRead, modified: Iterable[int], answered_ms: int | None, following: int | None
) -> OrdersRead:
    """Return a reading after a page was taken; without an id that follows it has reached its end."""
    so_far = with_page(read.so_far, tuple(modified), answered_ms)
    if following is not None:
        return replace(read, following=following, so_far=so_far)
    cursor_ms = cursor_after(read.cursor_ms, so_far)
    return OrdersRead(cursor_ms, read.began_ms, refunds_ms=read.refunds_ms)


def began_to_count(placed_ms: int, modified_ms: int, read: OrdersRead) -> int:
    """Return since when an order that is new to us was there to be found (epoch ms). One that was placed
    long before the last whole reading did not count then, as one that is paid later: so since its change."""
    if placed_ms > read.read_ms - OVERLAP_MS:
        return placed_ms
    return max(placed_ms, modified_ms)


REFUNDS_EVERY_MS = 3_600_000
REFUNDS_OVERLAP_MS = 600_000
"""How far a reading of refunds looks back before the last one: they are filtered by BigCommerce's clock."""


def refunds_are_old(read: OrdersRead, now_ms: int) -> bool:
    """Return whether refunds were not read for an hour."""
    return now_ms - read.refunds_ms >= REFUNDS_EVERY_MS


def refunds_since(read: OrdersRead, now_ms: int) -> int:
    """Return from when on refunds are read: where they never were, of the last hour."""
    return (read.refunds_ms or now_ms - REFUNDS_EVERY_MS) - REFUNDS_OVERLAP_MS
