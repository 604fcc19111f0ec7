"""Which webhooks a store is to have, and what there is to do about those that it has. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tillbridge.domain.connection import Settings, WebOrderMode
from tillbridge.domain.hook_access import SECRET_HEADER
from tillbridge.domain.hooks.message import (
    ORDER_SCOPES,
    ORDERED_STOCK_SCOPES,
    PRODUCT_DELETED,
)

CHECKED_EVERY_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class StoreHook:
    """A webhook as BigCommerce keeps it; `id` is 0 for one that is still to be made. `headers` hold a
    secret, and are not shown."""

    id: int
    scope: str
    destination: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class WantedHooks:
    """What is wanted: a hook for each scope, at one address, with one secret. By their destination
    beginning with `ours`, or by one of the `known` secrets, hooks are known to be this store's and this
    deployment's: nobody else's are touched."""

    scopes: tuple[str, ...]
    destination: str
    secret: str = field(repr=False)
    ours: str
    known: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class HookPlan:
    """What there is to do, in this order: a scope holds ten hooks at most."""

    delete: tuple[StoreHook, ...] = ()
    change: tuple[StoreHook, ...] = ()
    create: tuple[StoreHook, ...] = ()
    kept: int = 0

    @property
    def rearms(self) -> int:
        """Return how many hooks told nothing until now."""
        return len(self.change) + len(self.create)


def wanted_scopes(settings: Settings) -> tuple[str, ...]:
    """Return the scopes that a store is to tell of: none where it reads no web orders. Such a store has
    no hooks, and costs no call."""
    if settings.web_orders is WebOrderMode.OFF:
        return ()
    return (*ORDER_SCOPES, *ORDERED_STOCK_SCOPES, PRODUCT_DELETED)


def is_due(settings: Settings, checked_ms: int, now_ms: int) -> bool:
    """Return whether a store's hooks are to be checked: hourly where some are wanted, and once more where
    none is wanted any longer. `checked_ms`: when they were (epoch ms; 0: none is known to be there)."""
    wanted = bool(wanted_scopes(settings)) or checked_ms > 0
    return wanted and now_ms - checked_ms >= CHECKED_EVERY_MS


def plan(found: Iterable[StoreHook], wanted: WantedHooks) -> HookPlan:
    """Return what makes the hooks of a store what is wanted. One at another address of ours is moved, not
    made anew; of two with one scope the older stays."""
    ours = sorted((hook for hook in found if _is_ours(hook, wanted)), key=_place(wanted))
    keep: dict[str, StoreHook] = {}
    for hook in ours:
        if hook.scope in wanted.scopes:
            keep.setdefault(hook.scope, hook)
    kept = {hook.id for hook in keep.values()}
    change = [_as_wanted(hook, wanted) for hook in keep.values() if not _is_right(hook, wanted)]
    missing = [scope for scope in wanted.scopes if scope not in keep]
    return HookPlan(
        delete=tuple(hook for hook in ours if hook.id not in kept),
        change=tuple(change),
        create=tuple(_as_wanted(StoreHook(0, scope, ""), wanted) for scope in missing),
        kept=len(kept) - len(change),
    )


def _is_ours(hook: StoreHook, wanted: WantedHooks) -> bool:
    return hook.destination.startswith(wanted.ours) or _secret(hook.headers) in wanted.known


def _is_right(hook: StoreHook, wanted: WantedHooks) -> bool:
    there = (hook.destination, hook.is_active, _secret(hook.headers))
    return there == (wanted.destination, True, wanted.secret)


def _as_wanted(hook: StoreHook, wanted: WantedHooks) -> StoreHook:
    headers = {SECRET_HEADER: wanted.secret}
    return replace(hook, destination=wanted.destination, headers=headers, is_active=True)


def _place(wanted: WantedHooks) -> Callable[[StoreHook], tuple[bool, int]]:
    return lambda hook: (hook.destination != wanted.destination, hook.id)


def _secret(headers: Mapping[str, str]) -> str:
    return next((text for name, text in headers.items() if name.lower() == SECRET_HEADER), "")


def words_of(plan_: HookPlan) -> Sequence[str]:
    """Return what was wrong, for the log and for people: each hook's scope, and why."""
    return [
        *(f"{hook.scope}: one too many" for hook in plan_.delete),
        *(f"{hook.scope}: inactive, or not as it was made" for hook in plan_.change),
        *(f"{hook.scope}: missing" for hook in plan_.create),
    ]
