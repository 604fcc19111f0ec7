"""Connecting a store: ask both sides, then keep the tokens, then the connection."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Protocol

from tillbridge.domain.addresses import same_base
from tillbridge.domain.connecting import (
    ConnectCode,
    Wanted,
    connection_of,
    holder_of,
    is_token,
)
from tillbridge.domain.connection import Connection, WebOrderMode
from tillbridge.domain.errors import CannotConnect, Refused
from tillbridge.domain.pos_account import PosAccount, PosKind
from tillbridge.domain.pos_habits import habits_differ
from tillbridge.domain.removal import Removal
from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.store_facts import StoreFacts, currencies_differ
from tillbridge.ports.clock import Clock
from tillbridge.ports.connections import Connections
from tillbridge.ports.pos_at_first import PosAtFirst
from tillbridge.ports.store_list import StoreList
from tillbridge.ports.store_scopes import StoreScopes
from tillbridge.ports.token_box import TokenBox

_AT_ONCE = 500
"""Connections that are looked at in one go."""


class ConnectDeps(Protocol):
    """What it takes to connect a store."""

    @property
    def connections(self) -> Connections:
        """Return the connections."""
        ...

    @property
    def store_list(self) -> StoreList:
        """Return the list of stores."""
        ...

    @property
    def scopes(self) -> StoreScopes:
        """Return what asks BigCommerce."""
        ...

    @property
    def pos_at_first(self) -> Callable[[PosKind], PosAtFirst]:
        """Return what opens a POS of a kind that is told of for the first time."""
        ...

    @property
    def tokens(self) -> TokenBox:
        """Return where tokens are put."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the time."""
        ...


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection as it was saved, what BigCommerce says of the store and what the token may."""

    connection: Connection
    facts: StoreFacts
    scopes: tuple[ScopeRead, ...]


def connect_store(deps: ConnectDeps, wanted: Wanted) -> Connected:
    """Ask both sides, keep both tokens and then the connection, and return it: seven calls to BigCommerce at most,
    two to a POS that is told of for the first time.

    A kill between tokens and connection leaves a token that nobody uses, and connecting again is safe: so is doing
    it twice. A name that is connected keeps settings, location, a pause, and what others change of it meanwhile; so does
    one that was removed, which comes back. Raise CannotConnect, RetryLater or NeedsAttention, with nothing kept; where somebody connected it elsewhere at the same
    time, the tokens are."""
    known = deps.connections.find(wanted.store)
    removal = None if known else deps.connections.removal(wanted.store)
    if removal is not None:
        _need_the_same(wanted, removal, deps.clock.now_ms())
        known = removal.connection
    _need_tokens(wanted)
    _need_free(deps, wanted)
    orders = known is not None and known.settings.web_orders is not WebOrderMode.OFF
    scopes = tuple(deps.scopes.read(wanted.api_url, wanted.store_hash, wanted.token, orders=orders))
    if missing := [each for each in scopes if not each.ok]:
        words = " ".join(each.words for each in missing)
        raise CannotConnect(ConnectCode.SCOPES, words, scopes)
    facts = _facts(deps, wanted)
    account = _account(deps, wanted)
    if why := currencies_differ(facts.currency, account.facts.get("currency", "")):
        raise CannotConnect(ConnectCode.CURRENCY, why, scopes)
    if why := habits_differ(facts.prices_with_tax, account):
        raise CannotConnect(ConnectCode.TAX_HABIT, why, scopes)
    made = connection_of(wanted, facts, account, known, token_urlsafe(24), deps.clock.now_ms())
    deps.tokens.put_store_token(wanted.store, wanted.token)
    if wanted.pos_token:
        deps.tokens.put_pos_token(account.key, wanted.pos_token)
    elif not deps.tokens.keep_pos_token(account.key):
        words = f"The token of the POS '{account.key}' is gone. Give its address and its token."
        raise CannotConnect(ConnectCode.POS_TOKEN, words, scopes)
    kept = _saved(deps.connections, made, known, removal, pos_told=bool(wanted.pos_token))
    if kept is None:
        words = (
            f"'{wanted.store}' was connected by somebody else meanwhile. Look at it, and try again."
        )
        raise CannotConnect(ConnectCode.MEANWHILE, words, scopes)
    return Connected(kept, facts, scopes)


def _saved(
    connections: Connections,
    made: Connection,
    known: Connection | None,
    removal: Removal | None,
    *,
    pos_told: bool,
) -> Connection | None:
    if known is None:
        return made if connections.save_new(made, pos_told=pos_told) else None
    # It is not as it was made: others may have changed it meanwhile.
    saved = (
        connections.save_again(made, known, pos_told=pos_told)
        if removal is None
        else connections.save_back(made, removal, pos_told=pos_told)
    )
    return connections.find(made.store) if saved else None


def _need_the_same(wanted: Wanted, removal: Removal, now_ms: int) -> None:
    """Refuse a name that a removed store has, unless it is that store, and its 30 days are not over."""
    there = removal.connection
    words = ""
    if now_ms >= removal.until_ms:
        words = f"'{wanted.store}' was removed, and what is kept of it is being deleted. Try again in an hour, or"
    elif there.store_hash.casefold() != wanted.store_hash.casefold():
        words = (
            f"'{wanted.store}' is the name of the store {there.store_hash}, which {removal.by} removed. Until it is"
            " deleted the name is that store's:"
        )
    if words:
        raise CannotConnect(ConnectCode.REMOVED, f"{words} take another name.")


def is_connected_so(known: Connection | None, wanted: Wanted) -> bool:
    """Return whether a store is connected as it is wanted, to the same POS: a form that was sent twice."""
    return (
        known is not None
        and known.store_hash.casefold() == wanted.store_hash.casefold()
        and same_base(known.api_url, wanted.api_url)
        and (
            known.pos_account.key == wanted.account.key
            or same_base(known.pos_account.address, wanted.account.address)
        )
    )


def _need_tokens(wanted: Wanted) -> None:
    for side, token in (("BigCommerce's", wanted.token), ("the POS's", wanted.pos_token or "-")):
        if not is_token(token):
            words = f"{side[0].upper()}{side[1:]} token has characters that no token has, or none. Copy it whole."
            raise CannotConnect(ConnectCode.ODD_TOKEN, words)


def _need_free(deps: ConnectDeps, wanted: Wanted) -> None:
    if holder := holder_of(wanted, _others(deps)):
        raise CannotConnect(
            ConnectCode.TAKEN,
            f"This BigCommerce store is connected already, as '{holder.store}'. Two connections would write to one"
            " store at once.",
            holder=holder.store,
        )


def _others(deps: ConnectDeps) -> Iterator[Connection]:
    names = [entry.store for entry in deps.store_list.entries()]
    for start in range(0, len(names), _AT_ONCE):
        found = deps.store_list.connections(names[start : start + _AT_ONCE])
        yield from (each for each in found.values() if each is not None)


def _facts(deps: ConnectDeps, wanted: Wanted) -> StoreFacts:
    try:
        return deps.scopes.facts(wanted.api_url, wanted.store_hash, wanted.token)
    except Refused as why:
        words = f"{wanted.api_url} does not answer as BigCommerce does ({why.said})."
        raise CannotConnect(ConnectCode.NOT_THE_STORE, words) from why


def _account(deps: ConnectDeps, wanted: Wanted) -> PosAccount:
    account = wanted.account
    if not wanted.pos_token:
        return account
    currency = deps.pos_at_first(account.kind).currency(account.address, wanted.pos_token)
    return replace(account, facts={**account.facts, "currency": currency}) if currency else account
