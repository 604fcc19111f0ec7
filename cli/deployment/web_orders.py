"""A store's web orders are switched on, off, or to another mode: what is asked of both sides first."""

from dataclasses import dataclass, replace
from functools import partial

from cli.cannot_run import CannotRun
from cli.deployment.both_sides import outlets_of, takes_web_orders
from cli.deployment.secrets import pos_token, store_token
from cli.deployment.target import Target
from tillbridge.adapters.bigcommerce.kept_back import BigCommerceKeptBack
from tillbridge.adapters.bigcommerce.orders import BigCommerceOrders
from tillbridge.adapters.bigcommerce.store_client import StoreClient
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.errors import TillbridgeError
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import of_our_own
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.settings_versions import asks_both_sides
from tillbridge.domain.web_orders import switching
from tillbridge.domain.web_orders.book_rows import OPEN, book_mark
from tillbridge.domain.web_orders.unproven import refused_mode
from tillbridge.usecases.before_web_orders import Before, look_before

_CALLS_MS = 120_000


@dataclass(frozen=True, slots=True)
class Switched:
    """A connection as it is to be saved. `words`: what people should know. `asks`: whether they must
    agree to it."""

    connection: Connection
    words: tuple[str, ...] = ()
    asks: bool = False


def switched(target: Target, connection: Connection, settings: Settings) -> Switched:
    """Return the connection with new settings, after asking both sides what concerns web orders. Raise
    CannotRun, with what to do, for settings that could not work."""
    before = connection.settings
    if why := refused_mode(connection.pos_account.kind, settings):
        raise CannotRun(why)
    settings = _with_outlet(target, connection, settings)
    changed = replace(connection, settings=settings)
    if settings.web_orders is before.web_orders:
        return Switched(changed)
    if settings.web_orders is WebOrderMode.OFF:
        count = len(target.order_book.open(connection.store))
        return Switched(changed, (switching.switched_off(count),), asks=count > 0)
    if settings.web_orders is WebOrderMode.POS and not takes_web_orders(*_pos(target, connection)):
        raise CannotRun(switching.NOT_OFFERED)
    if before.web_orders is not WebOrderMode.OFF:
        return _other_mode(target, changed)
    seen = _seen(target, connection)
    # It may go off and on again: what was placed in between somebody may have booked by hand.
    return Switched(replace(changed, web_orders_since_ms=seen.now_ms), seen.words)


def _other_mode(target: Target, changed: Connection) -> Switched:
    count = len(target.order_book.open(changed.store))
    if changed.settings.web_orders is not WebOrderMode.POS or not count:
        return Switched(changed)
    return Switched(changed, (switching.told_from_now_on(count),), asks=True)


def _with_outlet(target: Target, connection: Connection, settings: Settings) -> Settings:
    """Return the settings with the outlet where the POS books, when it can be only one."""
    # Web orders that go off book nowhere.
    goes_off = settings.web_orders is WebOrderMode.OFF and not settings.web_outlet
    if goes_off or not asks_both_sides(connection.settings, settings):
        return settings
    outlets = outlets_of(*_pos(target, connection))
    if settings.web_orders is WebOrderMode.POS and (
        only := switching.only_outlet(settings, outlets)
    ):
        settings = replace(settings, web_outlet=only)
    if why := switching.wrong_outlet(settings, outlets):
        raise CannotRun(why)
    return settings


def _pos(target: Target, connection: Connection) -> tuple[PosAccount, str]:
    account = connection.pos_account
    return account, pos_token(target, account.key)


def _seen(target: Target, connection: Connection) -> Before:
    kept_back = partial(_kept_back_of(target, connection).items, connection.location_id)
    orders = orders_of(target, connection)
    try:
        return look_before(orders, connection.channel_id, kept_back, SystemClock())
    except TillbridgeError as why:
        raise CannotRun(
            f"BigCommerce's orders cannot be read, so web orders stay off. {why} The API account needs"
            " the scope *Orders, read-only*."
        ) from why


def orders_of(target: Target, connection: Connection) -> BigCommerceOrders:
    """Return the orders of a store, to be read within the next two minutes."""
    return _client(BigCommerceOrders, target, connection)


def _kept_back_of(target: Target, connection: Connection) -> BigCommerceKeptBack:
    return _client(BigCommerceKeptBack, target, connection)


def _client[T: StoreClient](kind: type[T], target: Target, connection: Connection) -> T:
    token, clock = store_token(target, connection.store), SystemClock()
    return kind(
        connection.api_url,
        connection.store_hash,
        lambda _: token,
        clock,
        clock.now_ms() + _CALLS_MS,
    )


def after_the_switch(target: Target, connection: Connection) -> None:
    """Have what follows from another mode be done: where the POS is told from now on, it is told what
    changed while it was not; where orders do not count any more, the units that they kept go on sale."""
    store, now = connection.store, SystemClock().now_ms()
    if connection.settings.web_orders is WebOrderMode.POS:
        target.pending.mark([book_mark(store, OPEN, now, force=True)])
        target.order_signals.signal(store)
    if connection.settings.web_orders is WebOrderMode.OFF:
        holders = (account.holder for account in target.order_book.of(store))
        products = dict.fromkeys(holder.product for holder in holders if holder)
        target.pending.mark(
            of_our_own(store, Lane.STOCK, product, now, "web orders off", force=True)
            for product in products
        )
    target.signals.signal(store)
