"""A call to a POS account's webhook: a poke, once its sender is known. What it says is never read, for it says less than a
poll finds, and may be forged, late, doubled or lost (docs/adr/0063-a-pos-hook-is-a-poke.md)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tillbridge.domain.hook_access import same_secret
from tillbridge.domain.hooks.pos_access import PosDoor, PosHookKeys, can_be_path_key
from tillbridge.domain.pos_account import POLLED, PosKind
from tillbridge.ports.clock import Clock
from tillbridge.ports.pokes import Pokes
from tillbridge.ports.pos_doors import PosDoors
from tillbridge.ports.pos_hook_secrets import PosHookSecrets
from tillbridge.ports.pos_hooks import Genuine
from tillbridge.usecases.take_hook import Outcome

log = logging.getLogger(__name__)

LONGEST_BODY = 1_048_576
"""In bytes. That of a product with many outlets has some tens of thousands."""


@dataclass(frozen=True, slots=True)
class PosHookCall:
    """A call as it came. Nothing in it can be trusted. Names of headers are in lower case."""

    kind: str
    key: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class PosHookDeps:
    """What the function needs. `pokes`: None where no POS is polled. `genuine`: how a kind of POS signs."""

    doors: PosDoors
    secrets: PosHookSecrets
    pokes: Pokes | None
    genuine: Callable[[PosKind], Genuine]
    clock: Clock


def take_pos_hook(call: PosHookCall, deps: PosHookDeps) -> Outcome:
    """Check who sends a call, and poke the account's poll. Whatever is raised is our own failure: the vendor makes the
    call again."""
    door = _door(call, deps)
    if door is None or deps.pokes is None:
        return Outcome.NOBODY
    if len(call.body) > LONGEST_BODY:
        return Outcome.TOO_LARGE
    keys = deps.secrets.known(door.account)
    outcome = _judged(call, door, keys, deps)
    if outcome is not Outcome.TAKEN:  # the account may have been connected anew just now
        keys = deps.secrets.known(door.account, anew=True)
        outcome = _judged(call, door, keys, deps)
    extra = {
        "kind": door.kind.value,
        "account": door.account,
        "signed": bool(keys and keys.signing),
        "bytes": len(call.body),
    }
    if outcome is not Outcome.TAKEN:
        log.warning("POS webhook refused", extra={**extra, "why": outcome.value})
        return outcome
    deps.pokes.poke(door.account, hooked_ms=deps.clock.now_ms())
    log.info("POS webhook", extra=extra)
    return outcome


def _door(call: PosHookCall, deps: PosHookDeps) -> PosDoor | None:
    if call.kind not in POLLED or not can_be_path_key(call.key):
        return None
    door = deps.doors.find(call.key)
    return door if door is not None and door.kind.value == call.kind else None


def _judged(
    call: PosHookCall, door: PosDoor, keys: PosHookKeys | None, deps: PosHookDeps
) -> Outcome:
    if keys is None or not any(same_secret(call.key, each) for each in keys.paths):
        return Outcome.NOBODY  # a key of earlier days
    if keys.signing and not deps.genuine(door.kind)(call.headers, call.body, keys.signing):
        return Outcome.FORGED
    return Outcome.TAKEN
