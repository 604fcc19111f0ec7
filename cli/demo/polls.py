"""Waiting for the polls of a POS that does not tell of its changes itself."""

from cli.asking.polling import poll
from cli.asking.quiet import NeverQuiet
from cli.deployment.connections import connection_of
from cli.deployment.polls import pokes
from cli.deployment.target import Target
from cli.pos.standing import Standing, standing_of
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import POLLED

POLLS_THAT_TELL = 2
"""Of polls that nobody asked for: the first may have begun before what it is to find."""

PATIENCE_S = 300.0
"""How long to wait while polls say nothing new: a window of the vendor's quota."""


def until_seen(target: Target, store: StoreId, *, poked: bool = True) -> None:
    """Wait until a poll that began after now has told of all that it found, and no whole walk is under way. At once for
    a POS that tells of its changes itself. Unless it is `poked`, the polls of the sweep are waited for, which take a
    minute each. Raise NeverQuiet when nothing goes on."""
    account = connection_of(target, store).pos_account
    if account.kind not in POLLED:
        return
    began = standing_of(target, account).state.polls
    enough = 0 if poked else began + POLLS_THAT_TELL
    if poked:
        pokes(target).poke(account.key)
    for now in poll(lambda: standing_of(target, account), PATIENCE_S, _never):
        idle = now.state.walked_ms and not now.state.walk and not now.asked and not now.untold
        if idle and now.state.polls >= enough:
            return


def _never(now: Standing) -> NeverQuiet:
    why = now.state.words or "Look at the log of the function that polls."
    return NeverQuiet(f"Polls of the POS say nothing new for {PATIENCE_S:.0f} s. {why}")
