"""What a token of BigCommerce may read, and what the store says of itself."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.scopes import ScopeRead
from tillbridge.domain.store_facts import StoreFacts


class StoreScopes(Protocol):
    """Asked with a token that a person has just given: it is used for these calls and kept nowhere. Nothing is
    changed in the store. Every method may raise RetryLater when BigCommerce does not answer, and NeedsAttention for
    an address that no token may be sent to."""

    def read(
        self, api_url: str, store_hash: str, token: str, *, orders: bool = False
    ) -> Sequence[ScopeRead]:
        """Return what the token may, scope by scope; one entry alone where BigCommerce takes the token or the hash
        for none. `orders`: the store reads web orders, and so needs that scope too. At most five calls."""
        ...

    def facts(self, api_url: str, store_hash: str, token: str) -> StoreFacts:
        """Return what the store says of itself, in one call. Raise Refused where it does not say so."""
        ...
