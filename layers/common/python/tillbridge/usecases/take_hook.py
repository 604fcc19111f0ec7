"""A webhook's call: who sends it is checked before anything of it is read; then rows are marked."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.hook_access import SECRET_HEADER, good_secrets, same_secret
from tillbridge.domain.hooks.message import SAYS, HookMessage, Says, marks
from tillbridge.domain.hooks.signature import is_genuine, is_signed
from tillbridge.domain.ids import StoreId
from tillbridge.domain.store_names import is_well_formed
from tillbridge.ports.clock import Clock
from tillbridge.ports.hook_secrets import HookSecrets
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.signals import Signals
from tillbridge.ports.stores import Stores

log = logging.getLogger(__name__)

LONGEST_BODY = 16_384
"""In bytes. BigCommerce's have some two hundred."""


class Outcome(StrEnum):
    """What became of a call. `taken`: rows are marked; `unsigned`: likewise, on the header alone.
    `unneeded`: it is BigCommerce's, and asks for nothing here; `unknown`: likewise, with a scope that is
    not known. `nobody`: no such address. `forged`: the
    address is known, and the sender is not BigCommerce. `too_large`: not read."""

    TAKEN = "taken"
    UNSIGNED = "unsigned"
    UNNEEDED = "unneeded"
    UNKNOWN = "unknown"
    NOBODY = "nobody"
    FORGED = "forged"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class HookCall:
    """A call as it came. Nothing in it can be trusted. Names of headers are in lower case."""

    store: str
    key: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class HookDeps:
    """What the function needs. `read` returns what a body says, None when it says nothing."""

    read: Callable[[bytes], HookMessage | None]
    stores: Stores
    secrets: HookSecrets
    pending: PendingRows
    signals: Signals
    clock: Clock


def take_hook(call: HookCall, deps: HookDeps) -> Outcome:
    """Check who sends a call, mark the rows that it asks for, and signal its store unless that is
    paused. Whatever is raised is our own failure: BigCommerce makes the call again. Doubles and
    disorder do no harm: a row is marked anew, and what it names is read."""
    now = deps.clock.now_ms()
    connection = _addressed(call, deps)
    if connection is None:
        # Refused, the calls of a store that was just removed would count against every hook of the domain.
        return Outcome.UNNEEDED if _was_removed(call, deps) else Outcome.NOBODY
    store, access = connection.store, connection.hooks
    shown = call.headers.get(SECRET_HEADER, "")
    good = good_secrets(deps.secrets.stack_key(), store, access, now)
    if not any(same_secret(shown, each) for each in good):
        return _refused(store, "its secret is wrong")
    if len(call.body) > LONGEST_BODY:
        return Outcome.TOO_LARGE
    signed = is_signed(call.headers)
    if access.signed:
        known = deps.secrets.client_secret(store)
        if signed and not is_genuine(call.headers, call.body, known.text, now / 1_000):
            return _refused(store, "its signature is wrong, or old")
        if known.required and not signed:
            return _refused(store, "it has no signature")
    message = deps.read(call.body)
    if message is not None and message.producer != f"stores/{connection.store_hash}":
        return _refused(store, "it is another store's")
    return _take(message, connection, deps, now, unsigned=access.signed and not signed)


def _addressed(call: HookCall, deps: HookDeps) -> Connection | None:
    # A name is a part of keys in the tables: what cannot be one asks them nothing.
    connection = deps.stores.find(StoreId(call.store)) if is_well_formed(call.store) else None
    if connection is None or not same_secret(call.key, connection.hooks.key):
        return None
    return connection


def _was_removed(call: HookCall, deps: HookDeps) -> bool:
    if not is_well_formed(call.store):
        return False
    removal = deps.stores.removal(StoreId(call.store))
    return removal is not None and same_secret(call.key, removal.connection.hooks.key)


def _refused(store: StoreId, why: str) -> Outcome:
    log.warning("webhook refused", extra={"store_id": store, "why": why})
    return Outcome.FORGED


def _take(
    message: HookMessage | None,
    connection: Connection,
    deps: HookDeps,
    now_ms: int,
    *,
    unsigned: bool,
) -> Outcome:
    """Mark and signal. A body that says nothing came from BigCommerce all the same: refused, it would
    count against every hook of the domain, so it stands for some order."""
    scope = message.scope[:100] if message is not None else "unreadable"
    found = message or HookMessage("", next(s for s, says in SAYS.items() if says is Says.ORDER))
    changes = list(marks(found, connection.store, connection.settings, now_ms))
    extra = {"store_id": connection.store, "scope": scope, "marks": [c.product for c in changes]}
    log.info("webhook", extra=extra)
    if not changes:
        return Outcome.UNNEEDED if found.scope in SAYS else Outcome.UNKNOWN
    deps.pending.mark(changes)
    if connection.state is not StoreState.PAUSED:
        deps.signals.signal(connection.store)
    return Outcome.UNSIGNED if unsigned else Outcome.TAKEN
