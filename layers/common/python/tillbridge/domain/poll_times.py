"""When a POS account is polled, from which cursors, and when it is read whole. All times are epoch ms."""

from math import ceil
from zlib import crc32

from tillbridge.domain.ids import PosAccountKey
from tillbridge.domain.polling import Cursor, Cursors, PollState

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS

EVERY_MS = MINUTE_MS
EVERY_HOOKED_MS = 5 * MINUTE_MS
"""Polls come so often; the longer time of an account whose webhooks came within a day, for each starts one."""

SLACK_MS = 5_000
"""So much sooner a poll is due: the sweep, which starts it, does not come to the second."""

GAP_MS = 3_000
"""Polls that are asked for begin no closer together: a burst of pokes is one poll, or two."""

_WINDOW_MS = 5 * MINUTE_MS
_CALLS_A_POLL = 2
"""Of a poll that finds little: one call for levels, one for products."""

_SHARE = 0.4
"""Of the calls that a vendor allows, those that polls may take that were asked for."""

OVERLAP_EVERY = 5
OVERLAP_WITHIN_MS = 5 * MINUTE_MS
"""Every fifth poll reads again what was read lately, and each that comes later than this after the one before."""

OUTLETS_EVERY_MS = 60 * MINUTE_MS
"""So often it is asked which outlets are closed: one call in an hour."""

LATE_MS = 5 * MINUTE_MS
"""A vendor may commit a change late, below a version that was read already: so late at most it is found by a poll.
What comes later is found by the whole walk."""

WALKS_WITHIN_MS = 6 * 60 * MINUTE_MS
"""Whole walks begin within so long after midnight (UTC), each account at its own time."""


def next_due_ms(state: PollState, now_ms: int) -> int:
    """Return when an account is to be polled next."""
    return now_ms + (EVERY_HOOKED_MS if is_hooked(state, now_ms) else EVERY_MS) - SLACK_MS


def is_hooked(state: PollState, now_ms: int) -> bool:
    """Return whether webhooks are subscribed to, as far as is known, and one came within a day."""
    came = bool(state.hooked_ms) and now_ms - state.hooked_ms < DAY_MS
    return came and bool(state.hooks.topics)


def gap_ms(quota: int | None) -> int:
    """Return how long after a poll the next one that was asked for may begin, where the vendor allows so many calls in
    five minutes (None: nobody knows). So a flood of pokes takes its share of the quota and no more."""
    return max(GAP_MS, ceil(_WINDOW_MS * _CALLS_A_POLL / (_SHARE * quota))) if quota else GAP_MS


def is_daily_due(last_ms: int, now_ms: int) -> bool:
    """Return whether what is done once a day was last done a day ago, or never."""
    return now_ms - last_ms >= DAY_MS


def is_walk_due(account: PosAccountKey, walked_ms: int, now_ms: int) -> bool:
    """Return whether an account is to be read whole: it never was, or its time of the night came since."""
    offset = crc32(account.encode()) % WALKS_WITHIN_MS
    latest = (now_ms - offset) // DAY_MS * DAY_MS + offset
    return walked_ms < latest


def overlap_from(state: PollState, now_ms: int) -> Cursors | None:
    """Return from which cursors this poll reads again, None when it reads on: from those that stood LATE_MS before the overlap
    before this one, so that between them nothing is missed. The last row that was read is met again, too: a feed
    that ends without a row at or above the cursor has gone back."""
    slow = bool(state.short_ms) or now_ms - state.polled_ms >= OVERLAP_WITHIN_MS - SLACK_MS
    if (state.polls + 1) % OVERLAP_EVERY and not slow:
        return None
    since = min(state.polled_ms, now_ms - OVERLAP_WITHIN_MS) - LATE_MS
    old = [cursors for at_ms, cursors in state.earlier if at_ms <= since]
    some = [cursors for _, cursors in state.earlier]
    start = old[-1] if old else some[0] if some else state.cursors
    return Cursors(*(Cursor(max(0, each - 1)) for each in (start.levels, start.items)))


def earlier_with(state: PollState, now_ms: int) -> tuple[tuple[int, Cursors], ...]:
    """Return the former cursors with those of now: one a minute, as far back as overlaps reach."""
    earlier = state.earlier
    if earlier and now_ms - earlier[-1][0] < MINUTE_MS - SLACK_MS:
        return earlier
    needed = now_ms - OVERLAP_WITHIN_MS - LATE_MS
    old = [each for each in earlier if each[0] <= needed]
    return (*old[-1:], *earlier[len(old) :], (now_ms, state.cursors))


def in_epoch(state: PollState, epoch: int) -> PollState:
    """Return the state in the account's epoch: of a later one nothing is known yet, and the account is read whole,
    because its versions of before say nothing. What was minted and told stays. An epoch that was before says nothing
    new: nothing that is read in it would take the place of what is known."""
    if epoch <= state.epoch:
        return state
    return PollState(
        rev=state.rev,
        epoch=epoch,
        emitted=state.emitted,
        polls=state.polls,
        hooked_ms=state.hooked_ms,
        hooks=state.hooks,
        page_sizes=state.page_sizes,
        at_once=state.at_once,
        outlets_ms=state.outlets_ms,
        outlets=state.outlets,
        closed=state.closed,
        doubted=state.doubted,
        to_retell=state.to_retell,
    )
