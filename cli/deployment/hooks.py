"""The webhooks of a store, as a deployment wants them and as BigCommerce has them."""

from dataclasses import replace
from functools import partial
from secrets import token_urlsafe

from cli.cannot_run import CannotRun
from cli.deployment.secrets import hook_secrets, save_client_secret, store_token
from cli.deployment.target import Target
from tillbridge.adapters.bigcommerce.hooks import BigCommerceHooks
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.connecting import with_key
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.hook_access import HookAccess, rotated
from tillbridge.domain.hooks.care import HookPlan, WantedHooks, plan
from tillbridge.usecases.keep_hooks import HookCheck, keep_hooks, wanted_hooks

_MS = 60_000


def found_hooks(target: Target, connection: Connection) -> HookPlan:
    """Return what a check would do. Raise CannotRun when BigCommerce does not tell."""
    keeper, wanted = _keeper(target, connection), _wanted(target, connection)
    try:
        return plan(keeper.all(), wanted)
    except TillbridgeError as trouble:
        raise CannotRun(f"The webhooks cannot be read: {trouble}") from trouble


def check_hooks(target: Target, connection: Connection) -> HookCheck:
    """Make, mend and delete the webhooks of a store. Raise CannotRun when BigCommerce cannot be
    reached; push checks again within the hour."""
    keeper, wanted = _keeper(target, connection), _wanted(target, connection)
    try:
        return keep_hooks(keeper, wanted)
    except TillbridgeError as trouble:
        raise CannotRun(
            f"The webhooks cannot be checked now: {trouble} Tillbridge checks them by itself within "
            "the hour; until then it reads orders every five minutes."
        ) from trouble


def rotate(target: Target, connection: Connection) -> Connection:
    """Give the webhooks of a store their next secret, and return the connection. The secret before stays
    good for 72 hours, so nothing is lost before BigCommerce has the new one."""
    return _save(target, connection, rotated(connection.hooks, SystemClock().now_ms()))


def keep_client_secret(
    target: Target, connection: Connection, secret: str, *, required: bool
) -> Connection:
    """Have signatures checked by this client secret from now on, and return the connection."""
    save_client_secret(target, connection.store, secret, require_signature=required)
    return _save(target, connection, replace(connection.hooks, signed=True))


def _save(target: Target, seen: Connection, access: HookAccess) -> Connection:
    kept = with_key(access, token_urlsafe(24))
    if kept != seen.hooks and not target.stores.keep_hooks(seen.store, kept, seen.hooks):
        raise CannotRun(
            f"Somebody else changed the webhooks of '{seen.store}' at the same time. Look at them, and try again."
        )
    return replace(seen, hooks=kept)


def _wanted(target: Target, connection: Connection) -> WantedHooks:
    key = hook_secrets(target).stack_key()
    return wanted_hooks(connection, key, target.outputs["hooks_address"], SystemClock().now_ms())


def _keeper(target: Target, connection: Connection) -> BigCommerceHooks:
    clock = SystemClock()
    token = partial(_token, target, connection)
    deadline = clock.now_ms() + _MS
    return BigCommerceHooks(connection.api_url, connection.store_hash, token, clock, deadline)


def _token(target: Target, connection: Connection, fresh: bool) -> str:  # noqa: ARG001 - it is read each time
    return store_token(target, connection.store)
