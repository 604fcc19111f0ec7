"""When what a function works with is built."""

from collections.abc import Callable
from functools import cache

from tillbridge.environment import starts_on_lambda


def built_once[T](build: Callable[[], T]) -> Callable[[], T]:
    """Keeps what `build` answers while the function is warm.

    On Lambda it is built while the function starts, with a whole processor; a handler has the
    share of one that its memory buys, a seventh at 256 MB. Elsewhere it is built on first call."""
    kept = cache(build)
    if starts_on_lambda():
        kept()
    return kept
