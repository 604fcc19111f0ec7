"""Removing a store from a deployment: what is taken off BigCommerce, and which secrets go."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from botocore.exceptions import BotoCoreError, ClientError

from cli.cannot_run import CannotRun
from cli.deployment.canary import canary_off
from cli.deployment.hooks import check_hooks
from cli.deployment.pos_leaving import leave_pos
from cli.deployment.secrets import token_box
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import RetryLater, TillbridgeError
from tillbridge.domain.ids import StoreId
from tillbridge.domain.removal import Removal
from tillbridge.usecases.remove_store import RemoveDeps

UNREADABLE = (
    "its token is gone or cannot be read. Delete it in BigCommerce, or delete the API account: that ends "
    "its webhooks, too."
)


def removable(target: Target, name: str) -> StoreId:
    """Return a store that is connected, or was removed: removing that again finishes what was left. Raise CannotRun,
    naming the connected stores, for any other."""
    known = list(target.stores.all())
    if name not in known and name not in {each.store for each in target.removals.removed()}:
        told = ", ".join(known) or "none"
        raise CannotRun(f"No store named '{name}' is connected. Connected: {told}.")
    return StoreId(name)


def remove_deps(target: Target) -> RemoveDeps:
    """Return what removing a store of a deployment needs."""
    return RemoveDeps(
        target.stores,
        target.store_list,
        target.removals,
        SystemClock(),
        partial(_take_off, target),
        token_box(target).drop,
        leave_pos=partial(leave_pos, target),
    )


def _take_off(target: Target, removal: Removal) -> dict[str, Callable[[], str]]:
    # Without web orders a store wants no webhooks, so that a check of them deletes what is there.
    quiet = replace(removal.connection, settings=Settings())
    off: dict[str, Callable[[], str]] = {
        "Its webhooks": lambda: _counted(len(check_hooks(target, quiet).plan.delete)),
    }
    if removal.connection.canary is not None:
        off["Its canary"] = lambda: _canary(canary_off(target, removal.connection))
    return {what: partial(_as_ours, take) for what, take in off.items()}


def _counted(hooks: int) -> str:
    return f"Webhooks taken off BigCommerce: {hooks}." if hooks else ""


def _canary(was_there: bool) -> str:
    return "Its canary is deleted." if was_there else ""


def _as_ours(take: Callable[[], str]) -> str:
    try:
        return take()
    except (BotoCoreError, ClientError) as why:
        raise TillbridgeError(UNREADABLE) from why
    except CannotRun as why:
        if isinstance(why.__cause__, RetryLater):
            raise RetryLater(str(why.__cause__)) from why
        raise TillbridgeError(f"{why.message} {UNREADABLE[0].upper()}{UNREADABLE[1:]}") from why
