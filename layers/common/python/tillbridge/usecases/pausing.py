"""A person pauses a store: nothing is sent to it until somebody resumes it. What happens meanwhile is noted, both
sides go on being compared, and imports go on (docs/adr/0045-a-paused-store-sends-nothing-and-sees-everything.md)."""

from tillbridge.domain.connection import Connection, Pause
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.ports.clock import Clock
from tillbridge.ports.signals import Signals
from tillbridge.ports.stores import Stores
from tillbridge.usecases.fence import best_effort

LONGEST_WHY = 200
"""Characters of a reason: it stands in a band on every page."""


def pause(stores: Stores, clock: Clock, store: StoreId, by: str, why: str) -> Connection:
    """Pause a store, and return it as it is then: paused by whoever did so first. A slice that is under way ends
    within a minute. Raise UnknownStore, CannotAsk for a reason that is too long, or RetryLater."""
    why = " ".join(why.split())
    if len(why) > LONGEST_WHY:
        raise CannotAsk(f"Say why in {LONGEST_WHY} characters at most. Nothing was done.")
    stores.pause(store, Pause(by, why, clock.now_ms()))
    return _found(stores, store)


def resume(stores: Stores, signals: Signals, store: StoreId) -> Connection:
    """Make a store active, then signal it, and return it: what waited is sent. A store that waits after trouble tries
    at once. Whoever dies between the two has done enough: the sweep signals it within five minutes. Raise
    UnknownStore or RetryLater."""
    if not stores.resume(store):
        raise UnknownStore(store)
    with best_effort("signalling a store that was resumed", store):  # the sweep signals it, too
        signals.signal(store)
    return _found(stores, store)


def _found(stores: Stores, store: StoreId) -> Connection:
    connection = stores.find(store)
    if connection is None:
        raise UnknownStore(store)
    return connection
