"""How long to wait before the next attempt. All times are milliseconds; callers add jitter."""

from collections.abc import Iterable

STALE_PATIENCE_MS = 15 * 60_000
"""How long the POS may lack an announced version before its current record is pushed."""

LONGEST_WAIT_MS = 15 * 60_000
LOOK_AGAIN_MS = 60_000
"""A create whose reply was lost is looked up at once and again after this
(docs/architecture.md, A kill at any point)."""

SECOND_LOOK_MS = 30_000
"""What seems wrong, or gone, is believed when a second look this long after the first shows it too:
by then a list no longer lags, and a stock write that was answered shows."""

LATE_MS = 15 * 60_000
"""The longest that BigCommerce may take to carry out a write whose answer was lost. It is our own
bound; BigCommerce documents none."""

MOST_ATTEMPTS = 10
"""After this many failures of its own a product is shown as failed; attempts go on."""


def stale_again_ms(since_ms: int, now_ms: int) -> int:
    """Return when to ask the POS again for a version it does not show (epoch ms): after a quarter of
    the time already waited, at least 1 second and at most 60."""
    waited = max(0, now_ms - since_ms)
    return now_ms + min(60_000, max(1_000, waited // 4))


def waited_long_enough(since_ms: int, now_ms: int) -> bool:
    """Return whether the POS has lacked an announced version for too long; `since_ms` is 0 when it
    lacks none."""
    return since_ms > 0 and now_ms - since_ms >= STALE_PATIENCE_MS


def backoff_ms(attempts: int) -> int:
    """Return the wait after this many failures: 2 s, 4 s, 8 s … up to 15 minutes."""
    return int(min(LONGEST_WAIT_MS, 1_000 * 2 ** min(attempts, 20)))


def wake_times(due_ms: Iterable[int], now_ms: int) -> list[int]:
    """Return when to wake a store whose rows are due at these times (epoch ms). A row is woken at
    its time or, so that few wakes serve many rows, later by up to a second or a tenth of its
    wait."""
    wakes: list[int] = []
    latest = -1
    for due in sorted(due_ms):
        if due > latest:
            latest = due + max(1_000, (due - now_ms) // 10)
            wakes.append(due)
        else:
            wakes[-1] = due
    return wakes
