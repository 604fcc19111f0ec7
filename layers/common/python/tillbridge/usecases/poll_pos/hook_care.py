"""The care of a POS account's webhooks: once a day, and after it was connected, they are made to lead here. They are
never needed for anything to be right, so no trouble with them stops a poll."""

import logging
from hashlib import sha256

from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import NeedsAttention, OutOfTime, TillbridgeError
from tillbridge.domain.hooks.pos_access import FACT, PosDoor, PosHookKeys
from tillbridge.domain.hooks.pos_care import is_care_due, plan_of
from tillbridge.domain.polling import PosHookCare
from tillbridge.domain.pos_account import PosAccount
from tillbridge.usecases.poll_pos.session import PollSession, PosHookCareDeps

log = logging.getLogger(__name__)

NO_KEYS = "It was connected before webhooks were: connect it again."


def care_of_pos_hooks(poll: PollSession) -> None:
    """Look after the account's webhooks if that is due, and note what came of it. Raise NeedsAttention for a token that
    is dead, and OutOfTime."""
    deps, care, now = poll.deps.hooks, poll.state.hooks, poll.now_ms()
    as_of = _as_of(poll.account, deps.address)
    if not deps.address or poll.is_over() or not is_care_due(care, as_of, now):
        return
    topics: tuple[str, ...] = ()
    try:
        keys = deps.secrets.find(poll.key)
        trouble = NO_KEYS if keys is None else ""
        if keys is not None:
            topics = _subscribed(poll, deps, keys)
    except OutOfTime:
        raise
    except TillbridgeError as why:
        if isinstance(why, NeedsAttention) and why.code == AttentionCode.POS_TOKEN_DEAD:
            raise
        trouble = str(why)
        log.warning("POS webhooks unchecked", extra={"account": poll.key, "why": trouble})
    poll.note(hooks=PosHookCare(now, as_of, topics, trouble))


def _subscribed(poll: PollSession, deps: PosHookCareDeps, keys: PosHookKeys) -> tuple[str, ...]:
    """Have calls find the account, then be made; return what is told from now on."""
    door = PosDoor(poll.key, poll.account.kind)
    for each in keys.paths:
        deps.doors.keep(each, door)
    hooks = deps.open_hooks(poll.account, poll.deadline_ms)
    plan = plan_of(hooks.all(), hooks.topics, deps.address, door.kind, keys)
    for hook in plan.delete:
        hooks.delete(hook)
    for topic in plan.create:
        hooks.create(topic, plan.address)
    if plan.delete or plan.create:
        extra = {"hooks_deleted": len(plan.delete), "hooks_made": len(plan.create)}
        log.info("POS webhooks mended", extra={"account": poll.key, **extra})
    return tuple(hooks.topics)


def _as_of(account: PosAccount, address: str) -> str:
    told = f"{account.facts.get(FACT, '')}\n{address}"
    return sha256(told.encode()).hexdigest()[:16]
