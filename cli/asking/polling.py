"""Polling: every command that waits looks again and again until it sees the end."""

import time
from collections.abc import Callable, Iterator

POLL_S = 0.25
REST = 4
"""A rest lasts this many times as long as the look before it: looking takes a fifth of the time."""


def poll[T](
    look: Callable[[], T], patience_s: float, stuck: Callable[[T], Exception]
) -> Iterator[T]:
    """Yield what each look sees. Raise `stuck(seen)` when nothing has changed for `patience_s`.

    A slow look is followed by a long rest: on a busy machine, looking must not keep the work from
    being done."""
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
        time.sleep(max(POLL_S, REST * took))
