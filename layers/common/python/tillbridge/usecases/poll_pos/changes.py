"""What changed since the last poll: levels first, then items, and items are joined before levels."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import PosRefused
from tillbridge.domain.families.parts import ItemPart, LevelPart
from tillbridge.domain.ids import MemberId
from tillbridge.domain.poll_times import overlap_from
from tillbridge.domain.polling import Cursor, Cursors
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problems import attention_for
from tillbridge.domain.versions import number_of
from tillbridge.domain.waiting import SECOND_LOOK_MS
from tillbridge.usecases.poll_pos.reading import ITEMS, LEVELS, Feed, in_account, read_feed
from tillbridge.usecases.poll_pos.session import PollSession
from tillbridge.usecases.poll_pos.settle import settle, tell

log = logging.getLogger(__name__)

TIMES_MET = 3
"""So often a level of a member that nobody knows is met again; then its row of the catalogue is asked for by id."""

ASKED_BY_ID = 20
"""So many members a poll asks for by id."""

IN_VAIN = TIMES_MET + 1
"""Stands for a member that was asked for by id: while its level is met, it is not waited for."""

MOST_COUNTED = 1_000
"""So many members are counted at once: the state of polls is one row."""


def read_changes(poll: PollSession) -> None:
    """Read both feeds on, keep and tell what changed, and move the cursors. What a failing source gave counts: its
    error is raised after that. Raise NeedsAttention, too, when the POS went back."""
    overlap = overlap_from(poll.state, poll.now_ms())
    while True:
        caught_up = _read_once(poll, overlap or poll.state.cursors)
        overlap = None
        if caught_up:
            return
        if poll.is_over():
            poll.record.goes_on = True
            return
        poll.keep()


def _read_once(poll: PollSession, start: Cursors) -> bool:
    """Read levels, then items to their end. Return whether both feeds are read as far as they go just now."""
    before, most = poll.state.cursors, poll.state.at_once
    levels = read_feed(poll, LEVELS, poll.source.levels, start.levels, most, beyond=before.levels)
    at, items = start.items, Feed[ItemPart](start.items)
    while levels.trouble is None:
        items = read_feed(poll, ITEMS, poll.source.items, at, most, beyond=before.items)
        _doubt_older(poll, items, before.items)
        if items.caught_up or items.trouble or poll.is_over():
            break
        settle(poll, items.parts, ())
        _move(poll, Cursors(poll.state.cursors.levels, items.at))
        tell(poll)
        poll.keep()
        at = items.at
    _doubt_older(poll, levels, before.levels)
    homeless = settle(poll, items.parts, levels.parts)
    to = _below_homeless(poll, levels, homeless, items_known=items.caught_up)
    tell(poll)
    _move(poll, Cursors(to, items.at))
    if items.caught_up and not poll.is_short:
        poll.note(short_ms=0)
    if trouble := levels.trouble or items.trouble:
        raise trouble
    return levels.caught_up and items.caught_up


def _move(poll: PollSession, to: Cursors) -> None:
    # Never back: what an overlap began with lies below.
    now = poll.state.cursors
    poll.note(cursors=Cursors(max(now.levels, to.levels), max(now.items, to.items)))


def _doubt_older(poll: PollSession, feed: Feed[ItemPart] | Feed[LevelPart], cursor: Cursor) -> None:
    """Raise NeedsAttention when a feed ends below its cursor, and did so at a look before this one."""
    if not feed.ended or feed.at >= cursor:
        return
    since = poll.state.short_ms
    if since and poll.now_ms() - since >= SECOND_LOOK_MS:
        raise attention_for(AttentionCode.POS_WENT_BACK, Case.ACCOUNT)
    poll.note(short_ms=since or poll.now_ms())
    poll.is_short = True


def _below_homeless(
    poll: PollSession, levels: Feed[LevelPart], homeless: Sequence[LevelPart], *, items_known: bool
) -> Cursor:
    """Return to where the levels were read, or below the first level that waits for its product: one made between the two
    calls comes with the next poll. What waited three times is asked for by id, and then no longer waited for."""
    cursor = poll.state.cursors.levels
    above = [each for each in homeless if not each.deleted and number_of(each.version) > cursor]
    met = _met(poll, above) if items_known else dict(poll.state.unplaced)
    late = [member for member, times in met.items() if times == TIMES_MET][:ASKED_BY_ID]
    if late:
        _look_by_id(poll, late, [each for each in above if each.member in late])
        met |= dict.fromkeys(late, IN_VAIN)
    poll.note(unplaced=met)
    waiting = (number_of(each.version) for each in above if met.get(each.member) != IN_VAIN)
    lowest = min(waiting, default=None)
    return levels.at if lowest is None else Cursor(min(levels.at, lowest - 1))


def _met(poll: PollSession, waiting: Sequence[LevelPart]) -> dict[MemberId, int]:
    """Return how often each member was met whose level waits, the longest waiting first; one that found its family is
    forgotten."""
    before, met = poll.state.unplaced, dict[MemberId, int]()
    for each in sorted(waiting, key=lambda level: level.version):
        times = before.get(each.member, 0)
        met[each.member] = times if times == IN_VAIN else min(times + 1, TIMES_MET)
        if len(met) == MOST_COUNTED:
            break
    return met


def _look_by_id(
    poll: PollSession, members: Sequence[MemberId], levels: Sequence[LevelPart]
) -> None:
    found = looked_for(poll, members).found
    settle(poll, found, [each for each in levels if each.member in {f.member for f in found}])
    missing = sorted(set(members) - {each.member for each in found})
    if missing:
        poll.record.dropped += len(missing)
        extra = {"account": poll.key, "members": missing}
        log.warning("levels of products that the POS does not have are left out", extra=extra)


@dataclass(slots=True)
class LookedFor:
    """Rows of the catalogue that were asked for by id: those that there are, in the account's epoch; and members of
    which the POS says neither that they are there nor that they are not."""

    found: list[ItemPart] = field(default_factory=list)
    refused: list[MemberId] = field(default_factory=list)


def looked_for(poll: PollSession, members: Sequence[MemberId]) -> LookedFor:
    """Ask for rows of the catalogue by id."""
    looked = LookedFor()
    for each in members:
        try:
            row = poll.source.item(each)
        except PosRefused as refusal:  # of this one row: the others must not wait for it
            extra = {"account": poll.key, "member": each, "why": str(refusal)}
            log.warning("the POS does not say whether it has a product", extra=extra)
            looked.refused.append(each)
            continue
        if row is not None:
            looked.found.append(in_account(poll, row))
    return looked
