"""One poll of a POS account: what changed is read, kept and told, and then the cursors move.

A poll that is killed anywhere is repeated: the pages come again, the join changes nothing, and what was kept and not told
is told (docs/adr/0059-polls-tell-what-moved.md)."""

import logging

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import Conflict, NeedsAttention, OutOfTime, RetryLater
from tillbridge.domain.ids import PosAccountKey, Rev, StoreId
from tillbridge.domain.poll_times import (
    EVERY_MS,
    GAP_MS,
    SLACK_MS,
    earlier_with,
    in_epoch,
    next_due_ms,
)
from tillbridge.domain.polling import PollNote
from tillbridge.domain.pos_account import PosAccount
from tillbridge.usecases.fence import Fault, best_effort, note
from tillbridge.usecases.poll_pos.changes import read_changes
from tillbridge.usecases.poll_pos.daily import daily_care
from tillbridge.usecases.poll_pos.session import PollDeps, PollRecord, PollSession
from tillbridge.usecases.poll_pos.whole_walk import walk_on

log = logging.getLogger(__name__)

LEAST_WAIT_MS = 10_000
"""So long a POS that fails is left alone, whoever asks for a poll."""

_NO_STORE = StoreId("")


def poll_account(key: PosAccountKey, deps: PollDeps) -> PollRecord:
    """Poll an account once, unless nobody asked for it and it is not due. Whatever fails is the account's alone, and is
    tried again: by the poll that the mark or the sweep starts next."""
    record = PollRecord(key)
    now = deps.clock.now_ms()
    try:
        account, noted = deps.accounts.find(key)
        if account is None:
            log.warning("signal for a POS account that there is not", extra={"account": key})
            record.spent = True
        elif noted.not_before_ms > now or (noted.due_ms > now and not deps.pokes.marked(key)):
            record.spent = True
        else:
            _poll(account, noted, deps, record, now)
    except Conflict:
        _ends_early(record, "Another poll of this account wrote in between.")
    except RetryLater as trouble:  # of the tables, the bus or the queue
        _ends_early(record, str(trouble))
    return record


def _poll(
    account: PosAccount, noted: PollNote, deps: PollDeps, record: PollRecord, now: int
) -> None:
    state = in_epoch(deps.mirror.state(account.key), account.epoch)
    if (wait := state.polled_ms + GAP_MS - now) > 0:
        deps.clock.sleep(wait / 1_000)  # the pokes of a burst gather meanwhile
    rev = deps.pokes.marked(
        account.key
    )  # before the first call: what is marked later is asked for anew
    deadline = deps.clock.now_ms() + deps.slice_ms
    poll = PollSession(account, deps, state, deadline, record)
    if (
        state.trouble == AttentionCode.POS_WENT_BACK
    ):  # until the next epoch nothing of it can be believed
        record.trouble = state.trouble
        _note(poll, noted, good=False, wait_ms=EVERY_MS - SLACK_MS)
        return
    try:
        _work(poll)
    except OutOfTime:
        record.goes_on = True
    except NeedsAttention as trouble:
        _in_trouble(poll, noted, trouble)
        return
    except Conflict:
        raise
    except RetryLater as trouble:
        _ends_early(record, str(trouble))
        poll.keep()
        _note(poll, noted, good=False, wait_ms=max(LEAST_WAIT_MS, int(trouble.wait * 1_000)))
        return
    except Exception as error:  # noqa: BLE001 - noted; it is this account's alone
        note(Fault(error, f"polling {account.key}", _NO_STORE))
        _ends_early(record, type(error).__name__)
        _note(poll, noted, good=False, wait_ms=EVERY_MS - SLACK_MS)
        return
    _end(poll, noted, rev)


def _work(poll: PollSession) -> None:
    if not poll.is_first:
        read_changes(poll)
    walk_on(poll)
    if not poll.is_first:
        daily_care(poll)


def _end(poll: PollSession, noted: PollNote, rev: Rev | None) -> None:
    """Keep how far it came, clear the mark, and say that all is well, to the stores too if it was not."""
    ended_well, now = bool(noted.trouble or poll.state.trouble), poll.now_ms()
    left = poll.source.quota_left
    poll.note(polls=poll.state.polls + 1, polled_ms=now, trouble="", words="")
    poll.note(quota_left=None if left is None else int(left * 100))
    poll.note(earlier=earlier_with(poll.state, now))
    poll.keep()
    if rev is not None:
        poll.deps.pokes.clear(poll.key, rev)
    _note(poll, noted, good=True)
    if ended_well:
        with best_effort("starting the stores of a POS that is well again", _NO_STORE):
            poll.deps.signals.signal_all(poll.stores())
    if poll.record.goes_on:
        poll.deps.pokes.signal_all([poll.key])


def _in_trouble(poll: PollSession, noted: PollNote, trouble: NeedsAttention) -> None:
    poll.record.trouble = trouble.code
    extra = {"account": poll.key, "code": trouble.code, "why": str(trouble)}
    log.warning("a POS account needs attention", extra=extra)
    poll.note(trouble=trouble.code, words=str(trouble))
    poll.keep()
    _note(poll, noted, good=False, wait_ms=EVERY_MS - SLACK_MS)


def _note(poll: PollSession, noted: PollNote, *, good: bool, wait_ms: int = 0) -> None:
    """Tell the sweep when the next poll is due. A walk that waits for its quota goes on when the next poll does."""
    now = poll.now_ms()
    due = next_due_ms(poll.state, now) if good else now + wait_ms
    if poll.state.walk is not None:
        due = min(due, now + EVERY_MS)
    good_ms = now if good else noted.good_ms or now
    not_before = 0 if good else now + wait_ms
    poll.deps.accounts.note(poll.key, PollNote(good_ms, due, not_before, poll.state.trouble))


def _ends_early(record: PollRecord, why: str) -> None:
    record.waits = why
    log.warning("a poll ends early", extra={"account": record.account, "why": why})
