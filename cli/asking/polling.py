"""Looking again and again until something is so: every command that waits does it like this."""

import time
from collections.abc import Callable, Iterator

POLL_S = 0.25
REST = 4
"""So many times as long as it looked it rests: looking takes a fifth of the time at most."""


def looks[T](
    look: Callable[[], T], patience_s: float, stuck: Callable[[T], Exception]
) -> Iterator[T]:
    """What each look sees. Raises `stuck` of the last one when nothing changed for `patience_s`.

    A slow look is followed by a long rest: on a busy machine looking must not be what keeps the work
    from being done."""
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
