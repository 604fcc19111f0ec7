"""A store's canary is switched on and off.

On: the product is made, then the store's row names it. Off: the row first, so that no round begins any more.
Whatever dies in between is found by the product's SKU when the command comes again."""

from cli.cannot_run import CannotRun
from cli.deployment.secrets import store_token
from cli.deployment.target import Target
from tillbridge.adapters.bigcommerce.canary import BigCommerceCanary
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.canary import Canary
from tillbridge.domain.connection import Connection
from tillbridge.domain.errors import LostReply, TillbridgeError
from tillbridge.domain.ids import StoreProductId

_CALLS_MS = 60_000


def canary_on(target: Target, connection: Connection) -> StoreProductId:
    """Make the canary of a store, unless it is there, and return its product. Raise CannotRun."""
    store = _store(target, connection)
    try:
        found = store.find()
        product = found[0] if found else _made(store)
    except TillbridgeError as why:
        raise CannotRun(f"The canary cannot be made: {why}") from why
    target.stores.set_canary(connection.store, Canary(product, SystemClock().now_ms()))
    return product


def canary_off(target: Target, connection: Connection) -> bool:
    """Delete the canary of a store, and return whether there was any. Raise CannotRun."""
    target.stores.set_canary(connection.store, None)
    store, known = _store(target, connection), connection.canary
    try:
        products = {*store.find(), *([known.product] if known else [])}
        for product in sorted(products):
            store.delete(product)
    except TillbridgeError as why:
        raise CannotRun(
            f"The canary is off, but its product could not be deleted: {why} Run `tillbridge canary off` "
            "again."
        ) from why
    return bool(products)


def _made(store: BigCommerceCanary) -> StoreProductId:
    try:
        return store.create()
    except LostReply:
        found = store.find()
        if not found:
            raise
        return found[0]


def _store(target: Target, connection: Connection) -> BigCommerceCanary:
    token, clock = store_token(target, connection.store), SystemClock()
    deadline = clock.now_ms() + _CALLS_MS
    where = connection.api_url, connection.store_hash
    return BigCommerceCanary(*where, lambda _: token, clock, deadline)
