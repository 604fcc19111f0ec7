"""A whole walk: everything is read again from the beginning, in slices, and what is not there any more becomes a tombstone.

It finds what no feed said: rows that were committed late, or taken away without a word."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import batched

from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.poll_times import is_walk_due
from tillbridge.domain.polling import Cursors, Told, Walk
from tillbridge.domain.spending import REST, Spender
from tillbridge.usecases.poll_pos.changes import ASKED_BY_ID, PAGES, found_by_id
from tillbridge.usecases.poll_pos.reading import ITEMS, LEVELS, Feed, read_feed
from tillbridge.usecases.poll_pos.session import PollSession
from tillbridge.usecases.poll_pos.settle import settle, stones_of, tell

log = logging.getLogger(__name__)

_BY_ID = 10**18
"""Pages of what was found by id are numbered from here: above every version of a vendor."""

MISSED_AT_ONCE = 50
"""So many members that a walk did not list are asked for by id before what was found is kept."""


def walk_on(poll: PollSession) -> None:
    """Begin a walk that is due, or go on with the one under way, until the slice or our share of the quota is over."""
    now = poll.now_ms()
    if poll.state.walk is None:
        if not is_walk_due(poll.key, poll.state.walked_ms, now):
            return
        poll.note(walk=Walk(number=now, started_ms=now))
        poll.keep()
    while poll.state.walk is not None:
        if poll.is_over():
            poll.record.goes_on = True
            return
        if _leaves_quota(poll):
            return
        _step(poll, poll.state.walk)


def _leaves_quota(poll: PollSession) -> bool:
    left = poll.source.quota_left
    return left is not None and left < REST[Spender.WALK]


def _step(poll: PollSession, walk: Walk) -> None:
    if not walk.items_done:
        _read_items(poll, walk)
    elif (at := _read_levels(poll, walk)) and _ask_for_missed(poll, walk):
        _end(poll, walk, at)


def _read_items(poll: PollSession, walk: Walk) -> None:
    feed = read_feed(poll, ITEMS, poll.source.items, walk.at.items, PAGES, to_end=True)
    for after, parts in feed.pages:
        listed = {each.member for each in parts if not each.deleted}
        poll.deps.mirror.note_seen(poll.key, walk.number, after, listed)
    settle(poll, feed.parts, ())
    tell(poll)
    at = Cursors(walk.at.levels, feed.at)
    poll.note(walk=replace(walk, at=at, items_done=feed.ended))
    _after(poll, feed)


def _read_levels(poll: PollSession, walk: Walk) -> Cursors | None:
    """Return where both feeds end once the end of the levels was seen."""
    feed = read_feed(poll, LEVELS, poll.source.levels, walk.at.levels, PAGES, to_end=True)
    homeless = settle(poll, (), feed.parts)
    if poll.is_first:
        _place(poll, homeless)  # a later one is met by the polls beside it
    tell(poll)
    at = Cursors(feed.at, walk.at.items)
    poll.note(walk=replace(walk, at=at))
    _after(poll, feed)
    return at if feed.ended else None


def _after(poll: PollSession, feed: Feed[ItemPart] | Feed[LevelPart]) -> None:
    poll.keep()
    if feed.trouble:
        raise feed.trouble


def _place(poll: PollSession, levels: Sequence[LevelPart]) -> None:
    """Ask for products that were made since the items were read: no cursor waits for them."""
    members = sorted({each.member for each in levels if not each.deleted})
    if not members:
        return
    found = found_by_id(poll, members[:ASKED_BY_ID])
    left = settle(poll, found, levels if found else ())
    if left or not found:
        extra = {"account": poll.key, "members": len(members) - len(found)}
        log.info("levels of products that nobody lists", extra=extra)


def _ask_for_missed(poll: PollSession, walk: Walk) -> bool:
    """Look for each member a second time, by id, that the walk did not list. Return whether all were looked for."""
    mirror = poll.deps.mirror
    missed = mirror.unseen(poll.key, walk.number)
    for place, some in enumerate(batched(missed, MISSED_AT_ONCE, strict=False)):
        if poll.is_over():
            return False
        found = found_by_id(poll, some)
        there = {each.member for each in found if not each.deleted}
        stones = stones_of(poll, [each for each in some if each not in there])
        settle(poll, [*found, *stones], ())
        poll.record.gone += len(stones)
        # A page of its own: what was found by id is not looked for again when the walk goes on.
        mirror.note_seen(poll.key, walk.number, _BY_ID + poll.now_ms() * 100 + place % 100, there)
        tell(poll)
        poll.keep()
    return True


def _end(poll: PollSession, walk: Walk, at: Cursors) -> None:
    cursors = at if poll.is_first else poll.state.cursors
    poll.note(walk=None, walked_ms=poll.now_ms(), cursors=cursors)
    poll.record.walked = True
    _mend(poll)
    tell(poll)
    poll.keep()
    poll.deps.mirror.forget_walk(poll.key, walk.number)
    log.info("read whole", extra={"account": poll.key, "ms": poll.now_ms() - walk.started_ms})


def _mend(poll: PollSession) -> None:
    """Let families be used again whose row could not be read: the walk read every part of theirs anew."""
    mirror = poll.deps.mirror
    mended = (
        replace(kept, unreadable="", told=Told(items=True))
        for kept in mirror.families(poll.key)
        if kept.unreadable and kept.family.items
    )
    for some in batched(mended, MISSED_AT_ONCE, strict=False):
        mirror.put(poll.key, some)
