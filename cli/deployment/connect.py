"""Connecting a store: check both sides, then save the connection and one token for each side."""

from dataclasses import dataclass, replace
from secrets import token_urlsafe

from cli.cannot_run import CannotRun
from cli.deployment.accounts import Account
from cli.deployment.both_sides import (
    StoreFacts,
    ask_pos,
    ask_store,
    need_one_currency,
    need_orders,
)
from cli.deployment.links import has_links
from cli.deployment.orders import has_orders
from cli.deployment.pos_side import PosSide, account_for
from cli.deployment.secrets import save_pos_token, save_store_token
from cli.deployment.target import Target
from tillbridge.domain.addresses import same_base
from tillbridge.domain.connection import Connection, StoreState, WebOrderMode
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosAccount


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection as it was saved, and what BigCommerce says of the store."""

    connection: Connection
    facts: StoreFacts


def connect(target: Target, account: Account, token: str, pos: PosSide) -> Connected:
    """Check both sides, save the connection and both tokens, and return them.

    Connecting again, with a new token or address, keeps settings, location and state; a store that
    needed attention is tried at once. Raise CannotRun, with nothing saved, for a store that is
    connected under another name, a side that cannot be reached, and currencies that differ."""
    store = StoreId(account.name)
    known = target.stores.find(store)
    _need_free(target, account)
    if known and known.store_hash != account.store_hash:
        _need_nothing_of_the_other(target, known, account)
    facts = ask_store(account.api_url, account.store_hash, token)
    if known and known.settings.web_orders is not WebOrderMode.OFF:
        need_orders(account.api_url, account.store_hash, token)
    currency = ask_pos(pos.address, pos.token)
    need_one_currency(facts, currency)
    pos_account = account_for(target, store, pos)
    if currency:
        pos_account = replace(pos_account, facts={**pos_account.facts, "currency": currency})
    connection = _connection(account, facts, pos_account, known)
    save_store_token(target, store, token)
    save_pos_token(target, pos_account.key, pos.token)
    target.stores.save_connection(connection)
    if known and connection.state is not StoreState.PAUSED:
        target.signals.signal(store)
    return Connected(connection, facts)


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


def _connection(
    account: Account, facts: StoreFacts, pos_account: PosAccount, known: Connection | None
) -> Connection:
    api_url = account.api_url.rstrip("/")
    if known is None:
        return Connection(
            store=StoreId(account.name),
            store_hash=account.store_hash,
            api_url=api_url,
            pos_account=pos_account,
            channel_id=facts.channel_id,
            hooks=with_key(HookAccess()),
        )
    again = replace(
        known,
        store_hash=account.store_hash,
        api_url=api_url,
        pos_account=pos_account,
        hooks=with_key(known.hooks),
        canary=known.canary if known.store_hash == account.store_hash else None,
        ignored=frozenset(),  # found out anew: it may be another store, or one that was mended
    )
    if known.state is StoreState.PAUSED:
        return again
    return replace(
        again,
        state=StoreState.ACTIVE,
        attention_code="",
        attention_words="",
        not_before_ms=0,
        failures=0,
    )


def with_key(access: HookAccess) -> HookAccess:
    """Return the access with a key of random letters for the address of the webhooks, if it has none."""
    return access if access.key else replace(access, key=token_urlsafe(24))


def _need_free(target: Target, account: Account) -> None:
    for name in target.stores.all():
        other = target.stores.find(name) if name != account.name else None
        if (
            other is not None
            and other.store_hash.casefold() == account.store_hash.casefold()
            and same_base(other.api_url, account.api_url)
        ):
            raise CannotRun(
                f"This BigCommerce store is connected already, as '{name}'. Two connections would "
                "write to one store at once. To give it a new token or another POS address, run "
                f"`tillbridge store add {name} --hash {other.store_hash} …`."
            )
