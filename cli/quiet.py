"""Waiting until a store has nothing left to do."""

import time
from collections.abc import Callable

from cli.function_errors import function_errors
from cli.state import Backlog, backlog
from cli.target import Target
from tillbridge.domain.ids import StoreId

POLL_S = 0.25
CALM_POLLS = 3
PATIENCE_S = 240.0
"""So long nothing may move before we stop waiting: longer than two windows of any quota."""


class NeverQuiet(Exception):
    """Work is left and nothing moves; the message says what is left."""


def until_quiet(
    target: Target, store: StoreId, watch: Callable[[Backlog], None] = lambda _: None
) -> None:
    """Returns when no row waits and no message is under way, seen three times in a row."""
    calm, last, moved = 0, None, time.monotonic()
    while calm < CALM_POLLS:
        now = backlog(target, store)
        watch(now)
        calm = calm + 1 if now.quiet else 0
        if (now.rows, now.messages) != last:
            last, moved = (now.rows, now.messages), time.monotonic()
        elif time.monotonic() - moved > PATIENCE_S:
            left = ", ".join(f"{count} {lane.value}" for lane, count in now.rows.items() if count)
            said = "\n  ".join(function_errors(target)) or "nothing"
            raise NeverQuiet(
                f"Nothing moved for {PATIENCE_S:.0f} s, and there is work left: {left or 'messages'}."
                f" Errors the functions logged last:\n  {said}"
            )
        time.sleep(POLL_S)
