"""Which outlets are closed: their units are not offered, and other outlets go on."""

import logging
from dataclasses import replace
from itertools import batched

from tillbridge.domain.families.kept import KeptFamily
from tillbridge.domain.poll_times import OUTLETS_EVERY_MS
from tillbridge.domain.polling import Told
from tillbridge.usecases.poll_pos.session import PollSession
from tillbridge.usecases.poll_pos.settle import AT_ONCE, tell

log = logging.getLogger(__name__)


def look_at_outlets(poll: PollSession) -> None:
    """Ask once an hour which outlets are closed, and tell the products anew that have stock at one that was closed or
    opened since. Killed anywhere, what was not told yet is told by the next poll."""
    if poll.is_over():
        return
    if poll.now_ms() - poll.state.outlets_ms >= OUTLETS_EVERY_MS:
        _ask(poll)
    if poll.state.to_retell:
        _retell(poll)


def _ask(poll: PollSession) -> None:
    outlets = poll.source.outlets()
    closed = tuple(sorted(each.id for each in outlets if not each.active))
    if not outlets:  # no shop is without any: what was known stays
        closed = poll.state.closed
    moved = {*closed} ^ {*poll.state.closed}
    if moved:
        extra = {"account": poll.key, "closed": closed, "moved": sorted(moved)}
        log.warning("outlets were closed or opened", extra=extra)
    to_retell = tuple(sorted({*poll.state.to_retell, *moved}))
    poll.note(closed=closed, to_retell=to_retell, outlets_ms=poll.now_ms())


def _retell(poll: PollSession) -> None:
    poll.keep()  # before the new versions: who reads one must not count a closed outlet
    mirror = poll.deps.mirror
    changed = (new for kept in mirror.families(poll.key) if (new := _retold(poll, kept)))
    for some in batched(changed, AT_ONCE, strict=False):
        poll.record.families += len(mirror.put(poll.key, some))
        tell(poll)
    poll.note(to_retell=())


def _retold(poll: PollSession, kept: KeptFamily) -> KeptFamily | None:
    of = {outlet for (_, outlet), level in kept.family.levels.items() if not level.deleted}
    if of.isdisjoint(poll.state.to_retell):
        return None
    untold = kept.told if kept.version > poll.state.emitted else Told()
    return replace(kept, told=untold | Told(levels=True))
