"""Outlets whose units are offered no longer, or again: what is noted of them at once."""

import logging
from collections.abc import Iterable, Sequence

from tillbridge.domain.families.parts import LevelPart
from tillbridge.usecases.poll_pos.session import PollSession

log = logging.getLogger(__name__)

RETELL = "outlets"
"""The name of the work on all families that tells anew those with stock at such an outlet."""


def notice_outlets(poll: PollSession, levels: Iterable[LevelPart]) -> None:
    """Offer nothing of an outlet that has levels and is not listed: it was deleted, or opened since the list was read. The
    list is asked for again in this poll, or the next."""
    if not poll.state.outlets:
        return
    known = {*poll.state.outlets, *poll.state.closed}
    if strange := {each.outlet for each in levels if not each.deleted} - known:
        poll.note(closed=in_order({*poll.state.closed, *strange}), outlets_ms=0)
        if not poll.is_first:
            have_retold(poll, strange)
        poll.keep()  # before the levels: who reads one must not count it


def have_retold(poll: PollSession, moved: Iterable[str]) -> None:
    """Have the products told anew that have stock at these outlets."""
    extra = {"account": poll.key, "closed": poll.state.closed, "moved": sorted(moved)}
    log.warning("outlets were closed or opened", extra=extra)
    poll.note(to_retell=in_order({*poll.state.to_retell, *moved}))
    poll.begin_again(RETELL)  # nobody was told yet of these


def in_order(outlets: Iterable[str]) -> Sequence[str]:
    """Return outlets as the state keeps them."""
    return tuple(sorted(outlets))
