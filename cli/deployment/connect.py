"""Connecting a store: check both sides, then save the connection and one token for each side."""

from collections.abc import Callable
from dataclasses import dataclass

from cli.cannot_run import CannotRun
from cli.deployment.accounts import Account
from cli.deployment.both_sides import in_words, need_address, pos_at_first, store_scopes
from cli.deployment.links import has_links
from cli.deployment.orders import has_orders
from cli.deployment.polls import pokes
from cli.deployment.pos_side import PosSide, account_for
from cli.deployment.secrets import token_box
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.connecting import ConnectCode, Wanted
from tillbridge.domain.connection import Connection, StoreState
from tillbridge.domain.errors import CannotConnect, NeedsAttention, RetryLater
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import POLLED, PosKind
from tillbridge.ports.clock import Clock
from tillbridge.ports.connections import Connections
from tillbridge.ports.pos_at_first import PosAtFirst
from tillbridge.ports.store_list import StoreList
from tillbridge.ports.store_scopes import StoreScopes
from tillbridge.ports.token_box import TokenBox
from tillbridge.usecases.connect_store import Connected, connect_store


@dataclass(frozen=True, slots=True)
class _Deps:
    """What `connect_store` needs, of a deployment."""

    connections: Connections
    store_list: StoreList
    scopes: StoreScopes
    pos_at_first: Callable[[PosKind], PosAtFirst]
    tokens: TokenBox
    clock: Clock


def connect(target: Target, account: Account, token: str, pos: PosSide) -> Connected:
    """Check both sides, save the connection and both tokens, and return them.

    Connecting again, with a new token or address, keeps settings, location and state; a store that
    needed attention is tried at once. Raise CannotRun, with nothing saved, for a store that is
    connected under another name, a side that cannot be reached, and currencies that differ."""
    store = StoreId(account.name)
    need_address(account.api_url, "--api-url")
    need_address(pos.address, "--pos-url")
    known, removal = target.stores.find(store), target.stores.removal(store)
    if known and known.store_hash != account.store_hash:
        _need_nothing_of_the_other(target, known, account)
    wanted = Wanted(
        store,
        account.store_hash,
        account.api_url,
        token,
        account_for(target, store, pos),
        pos.token,
    )
    try:
        connected = connect_store(_deps(target), wanted)
    except CannotConnect as why:
        raise CannotRun(_told(why, account, pos)) from why
    except (NeedsAttention, RetryLater) as why:
        raise CannotRun(f"{why} Nothing was saved.") from why
    if connected.connection.pos_account.kind in POLLED:
        pokes(target).poke(connected.connection.pos_account.key)
    if (known or removal) and connected.connection.state is not StoreState.PAUSED:
        target.signals.signal(store)
    return connected


def _deps(target: Target) -> _Deps:
    return _Deps(
        target.stores,
        target.store_list,
        store_scopes(),
        pos_at_first,
        token_box(target),
        SystemClock(),
    )


def _told(why: CannotConnect, account: Account, pos: PosSide) -> str:
    if why.code == ConnectCode.TAKEN:
        return (
            f"{why} To give it a new token or another POS address, run "
            f"`tillbridge store add {why.holder} --hash {account.store_hash} …`."
        )
    return in_words(why, pos.address)


def _need_nothing_of_the_other(target: Target, known: Connection, account: Account) -> None:
    """Raise CannotRun when anything is kept of the store that was connected under this name: its
    numbers would be taken for those of another store."""
    if has_links(target, known.store):
        kept = "its links are of that store's products"
    elif has_orders(target, known.store):
        kept = "its web orders are that store's"
    else:
        return
    raise CannotRun(
        f"'{known.store}' is connected to the store {known.store_hash}, and {kept}. Connect "
        f"{account.store_hash} under a name of its own."
    )
