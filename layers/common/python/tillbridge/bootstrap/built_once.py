"""When the dependencies of a function are built."""

from collections.abc import Callable
from functools import cache

from tillbridge.environment import starts_on_lambda


def built_once[T](build: Callable[[], T]) -> Callable[[], T]:
    """Return a function that calls `build` once and keeps the result while the function is warm.

    On Lambda `build` runs at once, because a starting function has a whole processor and a handler
    only the share that its memory buys, two sevenths at 512 MB. Elsewhere it runs on first call."""
    kept = cache(build)
    if starts_on_lambda():
        kept()
    return kept
