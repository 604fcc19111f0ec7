"""A store gets a new token of BigCommerce. It is tried before it is kept, and nobody can read it afterwards."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.connecting import is_token
from tillbridge.domain.connection import StoreState, WebOrderMode, out_of_trouble
from tillbridge.domain.errors import CannotAsk, UnknownStore
from tillbridge.domain.ids import StoreId
from tillbridge.domain.scopes import ScopeRead
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_scopes import StoreScopes
from tillbridge.ports.stores import Stores
from tillbridge.ports.token_box import TokenBox
from tillbridge.usecases.fence import best_effort


class TokenLacks(CannotAsk):
    """A token cannot do what the store needs; nothing was kept. `reads`: what was asked, and what came of it."""

    def __init__(self, reads: Sequence[ScopeRead]) -> None:
        words = " ".join(each.words for each in reads if not each.ok)
        super().__init__(f"The old token stays. {words}")
        self.reads = reads


class TokenDeps(Protocol):
    """What a new token needs."""

    @property
    def stores(self) -> Stores:
        """Return the connections."""
        ...

    @property
    def scopes(self) -> StoreScopes:
        """Return what a token may."""
        ...

    @property
    def tokens(self) -> TokenBox:
        """Return where tokens are put."""
        ...

    @property
    def signals(self) -> Signals:
        """Return what wakes a store."""
        ...


def rotate_token(deps: TokenDeps, store: StoreId, token: str) -> Sequence[ScopeRead]:
    """Try a token, keep it in place of the store's, and return what it may. A store that needed attention is tried
    with it at once; functions that hold the old one take the new one within five minutes, or when BigCommerce refuses
    the old one. Raise TokenLacks, CannotAsk for a text that is no token, UnknownStore or RetryLater: the old one then
    stays. Nothing that is raised quotes a token."""
    connection = deps.stores.find(store)
    if connection is None:
        raise UnknownStore(store)
    token = token.strip()
    if not is_token(token):
        raise CannotAsk(
            "The old token stays: this is none. A token is letters and digits without blanks; copy the *access token*"
            " of the API account again."
        )
    orders = connection.settings.web_orders is not WebOrderMode.OFF
    reads = deps.scopes.read(connection.api_url, connection.store_hash, token, orders=orders)
    if not all(each.ok for each in reads):
        raise TokenLacks(reads)
    deps.tokens.put_store_token(store, token)
    if connection.state is StoreState.NEEDS_ATTENTION:
        deps.stores.set_state(out_of_trouble(connection))  # and no end of a pause from meanwhile
    with best_effort("signalling a store with a new token", store):  # the sweep signals it, too
        deps.signals.signal(store)
    return reads
