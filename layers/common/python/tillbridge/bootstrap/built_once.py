"""When the dependencies of a function are built."""

import gc
from collections.abc import Callable
from functools import cache

from tillbridge.environment import starts_on_lambda


def built_once[T](build: Callable[[], T]) -> Callable[[], T]:
    """Return a function that calls `build` once and keeps the result while the function is warm.

    On Lambda `build` runs at once, because a starting function has a whole processor and a handler
    only the share that its memory buys, two sevenths at 512 MB. Elsewhere it runs on first call.
    What was loaded and built by then stays, so the collector, which stood still meanwhile, never looks at it."""
    kept = cache(build)
    if starts_on_lambda():
        kept()
        gc.freeze()
        gc.enable()
    return kept
