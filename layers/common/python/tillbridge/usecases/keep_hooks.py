"""The care of webhooks: BigCommerce switches them off after two days of failures, and people delete
them. What is there is compared with what is wanted, and mended."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import NeedsAttention, Refused
from tillbridge.domain.hook_access import PATH, address, good_secrets, header_secret
from tillbridge.domain.hooks.care import HookPlan, WantedHooks, plan, wanted_scopes, words_of
from tillbridge.ports.hook_keeper import HookKeeper

log = logging.getLogger(__name__)


@dataclass(slots=True)
class HookCheck:
    """What a check found, and did. `refused`: what BigCommerce did not take, in words; the rest is done."""

    plan: HookPlan
    refused: list[str] = field(default_factory=list)

    @property
    def rearmed(self) -> bool:
        """Return whether hooks that told nothing do so again. Not of the very first ones."""
        there = self.plan.kept + len(self.plan.change) + len(self.plan.delete)
        return self.plan.rearms > len(self.refused) and there > 0


def wanted_hooks(connection: Connection, stack_key: bytes, base: str, now_ms: int) -> WantedHooks:
    """Return what hooks a store is to have below the public address `base`; none without one, or
    without a key."""
    store, access = connection.store, connection.hooks
    scopes = wanted_scopes(connection.settings) if access.key and base else ()
    return WantedHooks(
        scopes=scopes,
        destination=address(base, store, access.key),
        secret=header_secret(stack_key, store, access.generation),
        ours=f"{base.rstrip('/')}{PATH}/{store}/",
        known=good_secrets(stack_key, store, access, now_ms),
    )


def keep_hooks(keeper: HookKeeper, wanted: WantedHooks) -> HookCheck:
    """Compare the hooks of a store with what is wanted, and make, mend and delete. Raise what stops all
    calls to the store; what is refused of one hook holds up no other."""
    check = HookCheck(plan(keeper.all(), wanted))
    for hook in check.plan.delete:
        _try(check, hook.scope, partial(keeper.delete, hook))
    for hook in check.plan.change:
        _try(check, hook.scope, partial(keeper.change, hook))
    for hook in check.plan.create:
        _try(check, hook.scope, partial(keeper.create, hook))
    return check


def _try(check: HookCheck, scope: str, call: Callable[[], None]) -> None:
    try:
        call()
    except (Refused, NeedsAttention) as refusal:
        check.refused.append(f"{scope}: {refusal}")


def note_check(check: HookCheck, store: str) -> None:
    """Log what was wrong, if anything was."""
    if wrong := [*words_of(check.plan), *check.refused]:
        log.warning("webhooks mended", extra={"store_id": store, "wrong": wrong})
