"""A whole walk: everything is read again from the beginning, in slices, and what is not there any more becomes a tombstone.

It finds what no feed said: rows that were committed late, or taken away without a word."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import batched

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import PosDown
from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.poll_times import is_walk_due
from tillbridge.domain.polling import PAGES, Cursor, Cursors, Told, Walk
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problems import attention_for
from tillbridge.domain.versions import number_of
from tillbridge.domain.waiting import SECOND_LOOK_MS
from tillbridge.usecases.poll_pos.changes import ASKED_BY_ID, looked_for
from tillbridge.usecases.poll_pos.reading import ITEMS, LEVELS, Feed, read_feed
from tillbridge.usecases.poll_pos.session import PollSession
from tillbridge.usecases.poll_pos.settle import settle, stones_of, tell

log = logging.getLogger(__name__)

MOST_MENDED = 100
"""So many families whose row could not be read are used again after one walk; of more, the next one tells."""

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
        at_once = min(PAGES, 2 * poll.state.at_once)  # it may have been a bad hour
        poll.note(walk=Walk(number=now, started_ms=now), at_once=at_once)
        poll.keep()
        # Of one that was cut off, by a kill or a new epoch, nobody else knows.
        poll.deps.mirror.forget_walks(poll.key, now - 1)
    while poll.state.walk is not None:
        if poll.is_over():
            poll.record.goes_on = True
            return
        if poll.leaves_quota():
            return
        _step(poll, poll.state.walk)


def _step(poll: PollSession, walk: Walk) -> None:
    if not walk.items_done:
        _read_items(poll, walk)
    else:
        walk, ended = _read_levels(poll, walk)
        if ended and _ask_for_missed(poll, walk):
            _end(poll, walk)


def _read_items(poll: PollSession, walk: Walk) -> None:
    most = poll.state.at_once
    feed = read_feed(poll, ITEMS, poll.source.items, walk.at.items, most, to_end=True)
    for after, parts in feed.pages:
        # Those that it lists as deleted, too: what is said of them needs no second look.
        listed = {each.member for each in parts}
        poll.deps.mirror.note_seen(poll.key, walk.number, after, listed)
    poll.has_older = False
    settle(poll, feed.parts, ())
    tell(poll)
    _doubt_older(poll)
    at = Cursors(walk.at.levels, feed.at)
    ended = feed.ended and not _is_cut(feed, poll.state.cursors.items)
    tail = Cursors(walk.tail.levels, _tail(poll, ITEMS, feed, walk.tail.items))
    poll.note(walk=_met(poll, replace(walk, at=at, items_done=ended, tail=tail)))
    _after(poll, feed, poll.state.cursors.items)


def _read_levels(poll: PollSession, walk: Walk) -> tuple[Walk, bool]:
    """Return how far the walk came, and whether the end of the levels was seen."""
    most = poll.state.at_once
    feed = read_feed(poll, LEVELS, poll.source.levels, walk.at.levels, most, to_end=True)
    poll.has_older = False
    homeless = settle(poll, (), feed.parts)
    _doubt_older(poll)
    waits = (
        _place(poll, homeless) if poll.is_first else 0
    )  # a later one is met by the polls beside it
    tell(poll)
    at = Cursors(feed.at, walk.at.items)
    lowest = min((each for each in (walk.waits_at, waits) if each), default=0)
    tail = Cursors(_tail(poll, LEVELS, feed, walk.tail.levels), walk.tail.items)
    walk = _met(poll, replace(walk, at=at, waits_at=lowest, tail=tail))
    poll.note(walk=walk)
    _after(poll, feed, poll.state.cursors.levels)
    return walk, feed.ended


def _doubt_older(poll: PollSession) -> None:
    """Read the same rows again where one of them is older than what is known, until it is not. Raise NeedsAttention when
    it still is half a minute later: the POS was restored, and may stand above every cursor all the same, where a poll was
    killed between what it put and the cursor."""
    if not poll.has_older:
        poll.note(older_ms=0)
        return
    since = poll.state.older_ms
    if since and poll.now_ms() - since >= SECOND_LOOK_MS:
        raise attention_for(AttentionCode.POS_WENT_BACK, Case.ACCOUNT)
    poll.note(older_ms=since or poll.now_ms())
    poll.keep()
    raise PosDown("The POS tells of records as they were before. Tillbridge reads them again.")


def _tail(
    poll: PollSession, name: str, feed: Feed[ItemPart] | Feed[LevelPart], before: Cursor
) -> Cursor:
    """Return where the last rows begin that an overlap reads again without a call more: half a page, because with what
    changes meanwhile it must stay shorter than one, to be seen as the end. `before` where fewer were read."""
    most = max(1, poll.state.page_sizes.get(name, 0) // 2)
    if not poll.is_first:
        return before
    versions = sorted(number_of(part.version) for part in feed.parts)
    return Cursor(versions[-most]) if len(versions) >= most else before


def _met(poll: PollSession, walk: Walk) -> Walk:
    met = {*walk.unreadable, *poll.unreadable}
    return replace(walk, unreadable=tuple(sorted(met)[:MOST_MENDED]))


def _after(poll: PollSession, feed: Feed[ItemPart] | Feed[LevelPart], beyond: Cursor) -> None:
    poll.keep()
    if feed.trouble:
        raise feed.trouble
    if _is_cut(feed, beyond):
        raise PosDown("The POS's list ends before what it told before. Tillbridge reads it again.")


def _is_cut(feed: Feed[ItemPart] | Feed[LevelPart], beyond: Cursor) -> bool:
    """Return whether a feed ends below where polls read it to: that is no end, and what it did not list is not gone."""
    return feed.ended and feed.at < beyond


def _place(poll: PollSession, levels: Sequence[LevelPart]) -> int:
    """Ask for a few products that were made since the items were read. Return the lowest version of a level of the
    others, which wait for their products as those of polls do; 0 without any."""
    living = [each for each in levels if not each.deleted]
    members = sorted({each.member for each in living})
    asked = members[:ASKED_BY_ID]
    found = looked_for(poll, asked).found
    settle(poll, found, living if found else ())
    if missing := sorted({*asked} - {each.member for each in found}):
        extra = {"account": poll.key, "members": missing}
        log.info("levels of products that the POS does not have are left out", extra=extra)
    others = (number_of(each.version) for each in living if each.member not in asked)
    return min(others, default=0)


def _ask_for_missed(poll: PollSession, walk: Walk) -> bool:
    """Look for each member a second time, by id, that the walk did not list. Return whether all were looked for."""
    mirror = poll.deps.mirror
    missed = mirror.unseen(poll.key, walk.number)
    for place, some in enumerate(batched(missed, MISSED_AT_ONCE, strict=False)):
        if poll.is_over() or poll.leaves_quota():
            return False
        looked = looked_for(poll, some)
        there = {each.member for each in looked.found if not each.deleted} | {*looked.refused}
        stones = stones_of(poll, [each for each in some if each not in there])
        settle(poll, [*looked.found, *stones], ())
        poll.record.gone += len(stones)
        # A page of its own: what was found by id is not looked for again when the walk goes on.
        mirror.note_seen(poll.key, walk.number, _BY_ID + poll.now_ms() * 100 + place % 100, there)
        tell(poll)
        poll.keep()
    return True


def _end(poll: PollSession, walk: Walk) -> None:
    _mend(poll, walk)
    if poll.is_first:
        _read_on_from(poll, walk)
    poll.note(walk=None, walked_ms=poll.now_ms())
    poll.record.walked = True
    tell(poll)
    poll.keep()
    poll.deps.mirror.forget_walks(poll.key, walk.number)
    log.info("read whole", extra={"account": poll.key, "ms": poll.now_ms() - walk.started_ms})


def _read_on_from(poll: PollSession, walk: Walk) -> None:
    """Have polls read on from where the first walk ended, and the first overlaps from the last rows of it, as many as a call
    answers: what was committed late meanwhile lies there, unless more rows changed."""
    levels = Cursor(walk.waits_at - 1) if walk.waits_at else walk.at.levels
    tail = Cursors(min(levels, walk.tail.levels), walk.tail.items)
    poll.note(cursors=Cursors(levels, walk.at.items), earlier=((poll.now_ms(), tail),))


def _mend(poll: PollSession, walk: Walk) -> None:
    """Let families be used again whose row could not be read: the walk read every part of theirs anew."""
    met = poll.deps.mirror.read(poll.key, walk.unreadable)
    mended = [
        replace(kept, unreadable="", told=Told(items=True))
        for kept in met.values()
        if kept.unreadable and kept.family.items
    ]
    poll.deps.mirror.put(poll.key, mended)
