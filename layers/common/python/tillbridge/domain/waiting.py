"""How long to wait before the next attempt. Milliseconds; jitter comes from outside."""

from collections.abc import Iterable

STALE_PATIENCE_MS = 15 * 60_000
"""So long an announced version may stay away before the POS's current record is pushed."""

LONGEST_WAIT_MS = 15 * 60_000
LOOK_AGAIN_MS = 60_000
"""A create whose reply was lost is looked up at once and again after this
(docs/architecture.md, A kill at any point)."""

MOST_ATTEMPTS = 10
"""After this many failures of its own a product is shown as failed; it is tried on."""


def stale_again_ms(since_ms: int, now_ms: int) -> int:
    """When to ask the POS again for a version it does not show: half as long again as already
    waited, 1 to 60 seconds."""
    waited = max(0, now_ms - since_ms)
    return now_ms + min(60_000, max(1_000, waited // 2))


def waited_long_enough(since_ms: int, now_ms: int) -> bool:
    """Whether an announced version has stayed away too long."""
    return since_ms > 0 and now_ms - since_ms >= STALE_PATIENCE_MS


def backoff_ms(attempts: int) -> int:
    """2 s, 4 s, 8 s … up to 15 minutes after the given number of failures."""
    return int(min(LONGEST_WAIT_MS, 1_000 * 2 ** min(attempts, 20)))


def wake_times(due_ms: Iterable[int], now_ms: int) -> list[int]:
    """When to wake a store whose rows are due at these times: each at its time or, so that few
    wakes serve many rows, up to a second or a tenth of its wait later."""
    wakes: list[int] = []
    latest = -1
    for due in sorted(due_ms):
        if due > latest:
            latest = due + max(1_000, (due - now_ms) // 10)
            wakes.append(due)
        else:
            wakes[-1] = due
    return wakes
