"""The care of a store's webhooks in a slice of its drain: hourly, when nothing else is left to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.hooks.care import is_due
from tillbridge.domain.hooks.message import ANY_ORDER
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import of_our_own
from tillbridge.ports.hook_keeper import HookKeeper
from tillbridge.ports.hook_secrets import HookSecrets
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.keep_hooks import HookCheck, keep_hooks, note_check, wanted_hooks
from tillbridge.usecases.push.slice.session import Session

log = logging.getLogger(__name__)

AGAIN_MS = 86_400_000
"""Once a store's hooks may have been deleted by somebody; twice within so long means that its calls fail."""

LEAST_MS = 10_000
"""With less time left in the slice, the next one checks."""


@dataclass(frozen=True, slots=True)
class HookCareDeps:
    """What the care of webhooks needs. `address`: where BigCommerce reaches this deployment.
    `open_keeper` makes a client whose calls end by a deadline (epoch ms)."""

    open_keeper: Callable[[Connection, int], HookKeeper]
    secrets: HookSecrets
    address: str


def care_of_hooks(session: Session, deps: HookCareDeps) -> bool:
    """Check the store's hooks if that is due and the quota allows it. Return whether the store is to be
    signalled, because hooks that told nothing do so again. A check that fails is made again in an hour:
    hooks are never needed for anything to be right."""
    now = session.now_ms()
    due = is_due(session.settings, session.hooks_checked_ms, now)
    if not due or session.time_left_ms() < LEAST_MS or session.api.wait_needed(urgent=False) > 0:
        return False
    session.hooks_checked_ms = now
    with best_effort("the care of webhooks", session.store):
        return _check(session, deps, now)
    return False


def _check(session: Session, deps: HookCareDeps, now_ms: int) -> bool:
    connection = session.connection
    wanted = wanted_hooks(connection, deps.secrets.stack_key(), deps.address, now_ms)
    keeper = deps.open_keeper(connection, session.deadline_ms)
    keeper.record.heard = session.calls.note
    try:
        check = keep_hooks(keeper, wanted)
    except TillbridgeError as trouble:
        log.warning("webhooks unchecked", extra={"store_id": session.store, "why": str(trouble)})
        return False
    finally:
        session.record.calls.update(keeper.record.calls)
    note_check(check, session.store)
    if not wanted.scopes:
        session.hooks_checked_ms = 0
    return check.rearmed and _catch_up(session, check, now_ms)


def _catch_up(session: Session, check: HookCheck, now_ms: int) -> bool:
    """Have the orders read that changed while nobody told of them; return whether any are read."""
    session.record.hooks_rearmed += 1
    session.record.hooks_rearmed_again += now_ms - session.hooks_rearmed_ms < AGAIN_MS
    session.hooks_rearmed_ms = now_ms
    log.warning("webhooks rearmed", extra={"store_id": session.store, "hooks": check.plan.rearms})
    if session.settings.web_orders is WebOrderMode.OFF:
        return False
    session.deps.pending.mark([of_our_own(session.store, Lane.WEB, ANY_ORDER, now_ms, "hooks")])
    return True
