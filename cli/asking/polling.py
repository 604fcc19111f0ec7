"""Polling, for every command that waits for something to end."""

import time
from collections.abc import Callable, Iterator

POLL_S = 0.25
REST = 4
"""Each pause lasts this many times as long as the look before it, so that looking takes at most a
fifth of the time."""


def poll[T](
    look: Callable[[], T], patience_s: float, stuck: Callable[[T], Exception]
) -> Iterator[T]:
    """Yield what each look returns. Raise `stuck(seen)` when that has not changed for `patience_s`.

    After a slow look the pause is long: on a busy machine, polling must not take the time that the
    work itself needs."""
    last: T | None = None
    moved = time.monotonic()
    while True:
        began = time.monotonic()
        now = look()
        took = time.monotonic() - began
        yield now
        if now != last:
            last, moved = now, time.monotonic()
        elif time.monotonic() - moved > patience_s:
            raise stuck(now)
        time.sleep(max(POLL_S, REST * took))  # - nothing tells us when the work ends
