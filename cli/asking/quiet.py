"""Waiting until a store has no work left."""

from collections.abc import Callable

from cli.asking.polling import poll
from cli.deployment.backlog import Backlog, backlog
from cli.deployment.connections import connection_of
from cli.deployment.function_errors import function_errors
from cli.deployment.target import Target
from tillbridge.domain.connection import StoreState
from tillbridge.domain.ids import StoreId

CALM_LOOKS = 3
PATIENCE_S = 240.0
"""How long to wait while nothing changes: longer than two windows of any quota."""


class NeverQuiet(Exception):
    """Work is left and nothing changes; the message says which work."""


def until_quiet(
    target: Target, store: StoreId, watch: Callable[[Backlog], None] = lambda _: None
) -> None:
    """Wait until three looks in a row find no pending row and no message under way.

    Raise NeverQuiet when nothing has changed for `PATIENCE_S`."""
    calm = 0
    for now in poll(
        lambda: backlog(target, store), PATIENCE_S, lambda left: _never_quiet(target, store, left)
    ):
        watch(now)
        calm = calm + 1 if now.quiet else 0
        if calm == CALM_LOOKS:
            return


def _never_quiet(target: Target, store: StoreId, now: Backlog) -> NeverQuiet:
    connection = connection_of(target, store)
    if connection.state is StoreState.NEEDS_ATTENTION:
        words = connection.attention_words
        return NeverQuiet(
            f"The store '{store}' needs attention: {words} Until then its work waits."
        )
    left = ", ".join(f"{count} {lane.value}" for lane, count in now.rows.items() if count)
    said = "\n  ".join(function_errors(target)) or "none"
    return NeverQuiet(
        f"Nothing has happened for {PATIENCE_S:.0f} s, and work is left: {left or 'messages'}."
        f" The last errors that the functions logged:\n  {said}"
    )
