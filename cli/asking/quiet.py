"""Waiting until a store has nothing left to do."""

from collections.abc import Callable

from cli.asking.polling import poll
from cli.deployment.backlog import Backlog, backlog
from cli.deployment.function_errors import function_errors
from cli.deployment.target import Target
from tillbridge.domain.ids import StoreId

CALM_LOOKS = 3
PATIENCE_S = 240.0
"""How long we wait while nothing moves: longer than two windows of any quota."""


class NeverQuiet(Exception):
    """Work is left and nothing moves; the message says which."""


def until_quiet(
    target: Target, store: StoreId, watch: Callable[[Backlog], None] = lambda _: None
) -> None:
    """Wait until no row is pending and no message is under way, three looks in a row.

    Raise NeverQuiet when nothing has moved for `PATIENCE_S`."""
    calm = 0
    for now in poll(
        lambda: backlog(target, store), PATIENCE_S, lambda left: _never_quiet(target, left)
    ):
        watch(now)
        calm = calm + 1 if now.quiet else 0
        if calm == CALM_LOOKS:
            return


def _never_quiet(target: Target, now: Backlog) -> NeverQuiet:
    left = ", ".join(f"{count} {lane.value}" for lane, count in now.rows.items() if count)
    said = "\n  ".join(function_errors(target)) or "nothing"
    return NeverQuiet(
        f"Nothing moved for {PATIENCE_S:.0f} s, and there is work left: {left or 'messages'}."
        f" Errors the functions logged last:\n  {said}"
    )
