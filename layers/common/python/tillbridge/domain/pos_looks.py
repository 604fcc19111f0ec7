"""Looks at the POS: what its answer means for the rows of one product. Waiting belongs to a version,
not to a row; and what one answer lacks proves nothing, because a POS may answer from a copy that lags
behind (docs/architecture.md, When the POS lags behind). Times are epoch milliseconds."""

from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.pending import PendingRow
from tillbridge.domain.waiting import stale_again_ms, waited_long_enough

ABSENT = -1
"""The version of a product that the POS does not show."""

NONE = -1
"""What a row awaits that waits for no version."""


def looked_at(
    rows: Sequence[PendingRow], shown: int, pushed: int, now_ms: int
) -> tuple[PendingRow, ...]:
    """Return the rows of one product after a look that showed this version (ABSENT: none); `pushed`
    is the one last pushed. A row waits for what had been announced when it first had to wait, and
    anew for each newer version; one that has waited 15 minutes for its version waits no more."""
    announced = max(_announced(row) for row in rows)
    absent = _since(rows, "absent_ms", now_ms) if shown == ABSENT else 0
    older = _since(rows, "older_ms", now_ms) if ABSENT < shown < pushed else 0
    return tuple(
        replace(_waiting(row, announced, shown, now_ms), absent_ms=absent, older_ms=older)
        for row in rows
    )


def late(rows: Sequence[PendingRow], shown: int) -> tuple[PendingRow, ...]:
    """Return those of looked-at rows that stay for a version the POS does not show yet."""
    return tuple(row for row in rows if row.awaits > shown)


def gave_up(before: Sequence[PendingRow], after: Sequence[PendingRow], shown: int) -> bool:
    """Return whether a look ended the wait of a row for a version that never showed."""
    return any(
        was.awaits > shown and now.awaits == NONE for was, now in zip(before, after, strict=True)
    )


def look_again_ms(rows: Sequence[PendingRow], shown: int, now_ms: int) -> int:
    """Return when to look at the POS again for those rows that wait for a version; at least one
    does."""
    return min(stale_again_ms(row.seen_stale_ms, now_ms) for row in late(rows, shown))


def _announced(row: PendingRow) -> int:
    # A person or a repair names no version. An event may name version 0.
    return row.version if row.version or not row.force else ABSENT


def _since(rows: Sequence[PendingRow], attribute: str, now_ms: int) -> int:
    return min((since for row in rows if (since := getattr(row, attribute))), default=now_ms)


def _waiting(row: PendingRow, announced: int, shown: int, now_ms: int) -> PendingRow:
    target = max(_announced(row), announced if row.awaits == NONE else row.awaits)
    if target <= shown:
        return replace(row, awaits=NONE, seen_stale_ms=0)
    if target > row.awaits or not row.seen_stale_ms:
        return replace(row, awaits=target, seen_stale_ms=now_ms)
    if waited_long_enough(row.seen_stale_ms, now_ms):
        return replace(row, awaits=NONE, seen_stale_ms=0)
    return row
