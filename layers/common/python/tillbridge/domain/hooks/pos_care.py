"""Which webhooks of a POS account are to be made, and which deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.domain.hooks.pos_access import PATH, PosHookKeys, address_of, path_of
from tillbridge.domain.poll_times import is_daily_due
from tillbridge.domain.polling import PosHookCare
from tillbridge.domain.pos_account import PosKind

AGAIN_MS = 3_600_000
"""After trouble, the webhooks are looked after again in an hour."""


@dataclass(frozen=True, slots=True)
class PosHook:
    """A webhook as the vendor has it. `topic`: the vendor's own word for what it tells of."""

    id: str
    topic: str
    address: str
    active: bool


@dataclass(frozen=True, slots=True)
class PosHookPlan:
    """What is to be deleted, and after that, which topics are to be subscribed to at `address`."""

    address: str
    delete: tuple[PosHook, ...]
    create: tuple[str, ...]


def is_care_due(care: PosHookCare, as_of: str, now_ms: int) -> bool:
    """Return whether the webhooks are to be looked after: once a day, an hour after trouble, and when the keys or the
    public address are others than they were then (`as_of`)."""
    if care.as_of != as_of or is_daily_due(care.checked_ms, now_ms):
        return True
    return bool(care.trouble) and now_ms - care.checked_ms >= AGAIN_MS


def plan_of(
    there: Sequence[PosHook], topics: Sequence[str], base: str, kind: PosKind, keys: PosHookKeys
) -> PosHookPlan:
    """Compare what is there with what is wanted below the public address `base`. Of ours what has an older address
    goes, and what is doubled, switched off or of no wanted topic; webhooks of others are never touched."""
    address = address_of(base, kind, keys.paths[0])
    kept: set[str] = set()
    delete: list[PosHook] = []
    for hook in there:
        good = hook.address == address and hook.active and hook.topic in topics
        if good and hook.topic not in kept:
            kept.add(hook.topic)
        elif _is_ours(hook, base, kind, keys):
            delete.append(hook)
    create = tuple(topic for topic in topics if topic not in kept)
    return PosHookPlan(address, tuple(delete), create)


def ours_among(there: Sequence[PosHook], kind: PosKind, keys: PosHookKeys) -> list[PosHook]:
    """Return the webhooks that lead here by a key of the account, at whatever address."""
    return [hook for hook in there if _has_key(hook, kind, keys)]


def _is_ours(hook: PosHook, base: str, kind: PosKind, keys: PosHookKeys) -> bool:
    """Return whether a webhook leads here: below our address, or, since that may have been another, by a key of ours."""
    return hook.address.startswith(f"{base.rstrip('/')}{PATH}/") or _has_key(hook, kind, keys)


def _has_key(hook: PosHook, kind: PosKind, keys: PosHookKeys) -> bool:
    return hook.address.endswith(tuple(path_of(kind, each) for each in keys.paths))
