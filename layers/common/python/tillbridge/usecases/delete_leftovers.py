"""The end of a removed store: 30 days after, the sweep deletes what the tables have of it, in slices."""

import logging
from dataclasses import dataclass

from tillbridge.domain.removal import RemovedEntry
from tillbridge.ports.clock import Clock
from tillbridge.ports.removals import Leftovers, Removals
from tillbridge.ports.store_list import StoreList
from tillbridge.usecases.fence import best_effort
from tillbridge.usecases.remove_store import users_of

log = logging.getLogger(__name__)

A_SLICE_MS = 45_000
"""How long one sweep deletes: its function ends 90 s after it stopped reading (template.yaml)."""


@dataclass(frozen=True, slots=True)
class LeftoverDeps:
    """What deleting needs."""

    removals: Removals
    leftovers: Leftovers
    store_list: StoreList
    clock: Clock


def delete_leftovers(deps: LeftoverDeps) -> None:
    """Delete what is left of the stores whose 30 days are over, for one slice. A kill, or the end of the slice, only
    has the next sweep go on; what fails on one store is noted, and holds up no other. Raise RetryLater when the
    list of removed stores cannot be read."""
    until = deps.clock.now_ms() + A_SLICE_MS
    for entry in deps.removals.removed():
        now = deps.clock.now_ms()
        if now >= until:
            return
        if now >= entry.until_ms:
            with best_effort("deleting a removed store", entry.store):
                _delete(deps, entry, until)


def _delete(deps: LeftoverDeps, entry: RemovedEntry, until_ms: int) -> None:
    if not (entry.going or deps.removals.begin_deleting(entry)):
        return  # it came back at this moment
    left = True
    with best_effort("looking who has a POS account", entry.store):
        # Before its connection goes: nobody could tell afterwards which POS account it had.
        left = _leave_account(deps, entry, until_ms)
    if not left:
        return
    place, done = deps.leftovers.delete(entry.store, entry.place, until_ms)
    if not done:
        deps.removals.keep_place(entry, place)
        return
    deps.removals.forget(entry)
    log.info("nothing is left of a removed store", extra={"store_id": entry.store})


def _leave_account(deps: LeftoverDeps, entry: RemovedEntry, until_ms: int) -> bool:
    """Forget that the store had its POS account, and the account where it was the last. Return whether that is done; a
    mirror may take several slices."""
    removal = deps.removals.removal(entry.store)
    if removal is None:
        return True
    account = removal.connection.pos_account.key
    if users_of(deps.store_list, deps.removals, account) <= {entry.store}:
        if not deps.leftovers.delete_mirror(account, until_ms):
            return False
        deps.removals.forget_account(account)
    deps.removals.leave_account(account, entry.store)
    return True
