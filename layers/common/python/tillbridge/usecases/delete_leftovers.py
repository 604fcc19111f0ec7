"""The end of a removed store: 30 days after, the sweep deletes what the tables have of it, in slices."""

import logging
from dataclasses import dataclass

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.removal import RemovedEntry
from tillbridge.ports.clock import Clock
from tillbridge.ports.removals import Leftovers, Removals
from tillbridge.ports.store_list import StoreList
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
    has the next sweep go on. Raise RetryLater."""
    until = deps.clock.now_ms() + A_SLICE_MS
    for entry in deps.removals.removed():
        now = deps.clock.now_ms()
        if now >= until:
            return
        if now < entry.until_ms or not (entry.going or deps.removals.begin_deleting(entry)):
            continue
        _delete(deps, entry, until)


def _delete(deps: LeftoverDeps, entry: RemovedEntry, until_ms: int) -> None:
    # Before its connection goes: nobody could tell afterwards which POS account it had.
    _forget_account(deps, entry)
    place, done = deps.leftovers.delete(entry.store, entry.place, until_ms)
    if not done:
        deps.removals.keep_place(entry, place)
        return
    deps.removals.forget(entry)
    log.info("nothing is left of a removed store", extra={"store_id": entry.store})


def _forget_account(deps: LeftoverDeps, entry: RemovedEntry) -> None:
    removal = deps.removals.removal(entry.store)
    if removal is None:
        return
    account = removal.connection.pos_account.key
    if users_of(deps.store_list, deps.removals, account) <= {entry.store}:
        deps.removals.forget_account(account)


def delete_if_possible(deps: LeftoverDeps) -> None:
    """Delete as above; what fails is logged, and the next sweep goes on: it holds up no other work."""
    try:
        delete_leftovers(deps)
    except RetryLater as trouble:
        log.warning("removed stores are not deleted now", extra={"why": str(trouble)})
