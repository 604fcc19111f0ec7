"""One poll of a POS account: what changed is read, kept and told, and then the cursors move.

A poll that is killed anywhere is repeated: the pages come again, the join changes nothing, and what was kept and not told
is told (docs/adr/0059-polls-tell-what-moved.md)."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import Conflict, NeedsAttention, OutOfTime, RetryLater
from tillbridge.domain.ids import PosAccountKey, Rev, StoreId
from tillbridge.domain.poll_times import (
    EVERY_MS,
    SLACK_MS,
    earlier_with,
    gap_ms,
    in_epoch,
    next_due_ms,
)
from tillbridge.domain.polling import PollNote, PollState, PosHookCare
from tillbridge.domain.pos_account import PosAccount, quota_of
from tillbridge.domain.pos_trouble import PosTrouble
from tillbridge.domain.problem_meaning import Case
from tillbridge.domain.problems import attention_for
from tillbridge.domain.run import GOES_ON
from tillbridge.domain.spending import REST, Spender
from tillbridge.usecases.fence import Fault, best_effort, note
from tillbridge.usecases.poll_pos.changes import read_changes
from tillbridge.usecases.poll_pos.daily import daily_care
from tillbridge.usecases.poll_pos.hook_care import care_of_pos_hooks
from tillbridge.usecases.poll_pos.outlets import look_at_outlets
from tillbridge.usecases.poll_pos.session import PollDeps, PollRecord, PollSession
from tillbridge.usecases.poll_pos.whole_walk import walk_on
from tillbridge.usecases.renew_pos_access import refresh_when_due, renew

log = logging.getLogger(__name__)

LEAST_WAIT_MS = 10_000
"""So long a POS that fails is left alone, whoever asks for a poll."""

AGAIN_MS = EVERY_MS - SLACK_MS

UNUSED_MS = 3_600_000
"""So often an account without a store is looked at, lest a lost poke keep one that has a store again from polls."""

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
        elif (stores := deps.accounts.stores_of(key)) == []:
            _leave_alone(account, deps, record)
        else:
            _poll(account, noted, stores or (), deps, record)
    except Conflict:
        _ends_early(record, "Another poll of this account wrote in between.")
    except RetryLater as trouble:  # of the tables, the bus or the queue
        _ends_early(record, str(trouble))
    return record


def _poll(
    account: PosAccount,
    noted: PollNote,
    stores: Sequence[StoreId],
    deps: PollDeps,
    record: PollRecord,
) -> None:
    state = _state(account, deps)
    if noted.due_ms > deps.clock.now_ms() and not _may_be_poked(state):
        # The mark stays for the poll of the next minute, for which there is always room.
        record.spent = True
        _bring_forward(account, noted, state, deps)
        return
    _wait(account, state, deps)
    # Before the first call: a later mark is for another poll.
    mark = deps.pokes.marked(account.key)
    rev = mark.rev if mark else None
    until = deps.clock.now_ms() + deps.slice_ms
    poll = PollSession(account, deps, state, until, record, connected=stores)
    if mark and mark.hooked_ms > state.hooked_ms:
        poll.note(hooked_ms=mark.hooked_ms)
    if state.trouble == AttentionCode.POS_WENT_BACK:  # its next epoch alone can be believed
        record.trouble = state.trouble
        _tell_trouble(poll, noted)
        return
    try:
        _with_access(poll)
    except OutOfTime:
        record.goes_on = True
        _end(poll, noted, rev)
    except NeedsAttention as trouble:
        _in_trouble(poll, noted, trouble)
    except Conflict:
        raise
    except RetryLater as trouble:
        _ends_early(record, str(trouble))
        poll.keep()
        _note(poll, noted, max(LEAST_WAIT_MS, int(trouble.wait * 1_000)))
    except Exception as error:  # noqa: BLE001 - noted; it is this account's alone
        note(Fault(error, f"polling {account.key}", _NO_STORE))
        _ends_early(record, type(error).__name__)
        _note(poll, noted, AGAIN_MS)
    else:
        _end(poll, noted, rev)


def _leave_alone(account: PosAccount, deps: PollDeps, record: PollRecord) -> None:
    """Call nobody for an account whose last store was removed, whose access is taken away with it. It counts as neither
    late nor in trouble; connecting a store to it again pokes it, and 30 days later nothing of it is left. How its webhooks
    were is forgotten: they went with the last store, so one that comes back has them made anew by its first poll."""
    record.spent = True
    state = deps.mirror.state(account.key)
    if state.hooks != PosHookCare():
        deps.mirror.keep_state(account.key, replace(state, hooks=PosHookCare()))
    if (mark := deps.pokes.marked(account.key)) is not None:
        deps.pokes.clear(account.key, mark.rev)
    deps.accounts.note(account.key, PollNote(due_ms=deps.clock.now_ms() + UNUSED_MS))


def _state(account: PosAccount, deps: PollDeps) -> PollState:
    """Return how far the account was polled. A mirror that is new may stand for one that was lost with its counter, and
    its news would be taken for old: it counts on from the time in milliseconds, above which no counter comes that began
    so, since a vendor's quota lets a poll read far fewer than a thousand changes a second."""
    kept = deps.mirror.state(account.key)
    if not kept.rev:
        deps.mirror.begin_above(account.key, deps.clock.now_ms())
    return in_epoch(kept, account.epoch)


def _may_be_poked(state: PollState) -> bool:
    left = state.quota_left
    return left is None or left >= REST[Spender.POKE] * 100


def _bring_forward(account: PosAccount, noted: PollNote, state: PollState, deps: PollDeps) -> None:
    """Have the next poll come a minute after the last one, where webhooks would have it come later."""
    soon = max(deps.clock.now_ms(), state.polled_ms + AGAIN_MS)
    if soon < noted.due_ms:
        deps.accounts.note(account.key, replace(noted, due_ms=soon))


def _wait(account: PosAccount, state: PollState, deps: PollDeps) -> None:
    """Keep the least gap to the poll before; the pokes of a burst gather meanwhile."""
    gap = gap_ms(quota_of(account))
    wait = state.polled_ms + gap - deps.clock.now_ms()
    if wait > 0:
        deps.clock.sleep(min(wait, gap) / 1_000)  # a clock that was put back must not stretch it


def _with_access(poll: PollSession) -> None:
    """Work with access that is renewed in time; and once more with another, when the POS refuses what was read anew."""
    if poll.account.epoch < poll.state.epoch:  # its row was restored, and the mirror was not
        raise attention_for(AttentionCode.POS_WENT_BACK, Case.ACCOUNT)
    renewing = poll.deps.renewing(poll.account, poll.deadline_ms)
    refresh_when_due(poll.account, renewing, poll.now_ms())
    try:
        _work(poll)
    except NeedsAttention as refusal:
        if refusal.code != AttentionCode.POS_TOKEN_DEAD or not renew(poll.account, renewing):
            raise
        _work(poll)


def _work(poll: PollSession) -> None:
    if not poll.state.outlets_ms:  # before levels: units of one that is closed are not offered
        look_at_outlets(poll)
    if not poll.is_first:
        read_changes(poll)
        look_at_outlets(poll)
    walk_on(poll)
    if not poll.is_first:
        daily_care(poll)
        care_of_pos_hooks(poll)


def _end(poll: PollSession, noted: PollNote, rev: Rev | None) -> None:
    """Keep how far it came, clear the mark, and say that all is well, to the stores too if it was not."""
    was_ill, now = bool(noted.trouble or poll.state.trouble), poll.now_ms()
    left = poll.source.quota_left
    poll.note(polls=poll.state.polls + 1, polled_ms=now, trouble="", words="")
    poll.note(quota_left=None if left is None else int(left * 100))
    if not poll.is_first:  # until then no poll read on from any cursor
        poll.note(earlier=earlier_with(poll.state, now))
    poll.keep()
    if rev is not None:
        poll.deps.pokes.clear(poll.key, rev)
    if was_ill:  # before the note, by which the next poll knows that this is still to be told
        poll.deps.accounts.tell(poll.connected, None)
    _note(poll, noted)
    if was_ill:
        with best_effort("starting the stores of a POS that is well again", _NO_STORE):
            poll.deps.signals.signal_all(poll.connected)
    if poll.was_first and not poll.is_first:
        # A run that waits for it, as after `reconcile --adopt`, would go on with the schedule's next hour.
        with best_effort("letting runs go on that waited for the POS", _NO_STORE):
            poll.deps.runs.send_all(poll.connected, GOES_ON)
    if poll.record.goes_on:
        poll.deps.pokes.signal_all([poll.key])


def _in_trouble(poll: PollSession, noted: PollNote, trouble: NeedsAttention) -> None:
    poll.record.trouble = trouble.code
    extra = {"account": poll.key, "code": trouble.code, "why": str(trouble)}
    log.warning("a POS account needs attention", extra=extra)
    poll.note(trouble=trouble.code, words=str(trouble))
    poll.keep()
    _tell_trouble(poll, noted)


def _tell_trouble(poll: PollSession, noted: PollNote) -> None:
    """Tell the sweep of the trouble and, with each poll, people at each store: one may be new, or told in vain."""
    _note(poll, noted, AGAIN_MS)
    told = PosTrouble(poll.key, poll.state.trouble, poll.state.words)
    with best_effort("telling stores that their POS needs attention", _NO_STORE):
        poll.deps.accounts.tell(poll.connected, told)


def _note(poll: PollSession, noted: PollNote, wait_ms: int = 0) -> None:
    """Tell the sweep how the account stands: well, or to be left alone for so long. What goes on is due at once, and a
    walk that waits for its quota goes on with the poll of the next minute."""
    now, state = poll.now_ms(), poll.state
    if wait_ms:
        until = now + wait_ms
        poll.deps.accounts.note(
            poll.key, PollNote(noted.good_ms or now, until, until, state.trouble)
        )
        return
    due = next_due_ms(state, now)
    if poll.record.goes_on:
        due = now
    elif state.walk is not None:
        due = min(due, now + AGAIN_MS)
    poll.deps.accounts.note(poll.key, PollNote(now, due, 0, state.trouble))


def _ends_early(record: PollRecord, why: str) -> None:
    record.waits = why
    log.warning("a poll ends early", extra={"account": record.account, "why": why})
