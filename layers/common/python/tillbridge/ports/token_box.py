"""Where access tokens are put. Whoever holds this port can put one in and read none."""

from typing import Protocol

from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.pos_grant import PosGrant


class TokenBox(Protocol):
    """A token takes the place of the one before. Every method may raise RetryLater."""

    def put_store_token(self, store: StoreId, token: str) -> None:
        """Keep a store's token for BigCommerce."""
        ...

    def put_pos_token(self, account: PosAccountKey, token: str) -> None:
        """Keep the token of a POS account."""
        ...

    def put_pos_grant(self, account: PosAccountKey, grant: PosGrant) -> None:
        """Keep what a vendor granted us for a POS account."""
        ...

    def keep_pos_token(self, account: PosAccountKey) -> bool:
        """Have a POS account's token stay, and the keys of its webhooks, which were marked for deletion when the last
        store with it was removed. Return whether there is a token."""
        ...

    def drop(self, store: StoreId, account: PosAccountKey | None) -> None:
        """Mark everything that is kept of a store, and of a POS account where one is given, for deletion after
        KEPT_DAYS; until then it can be restored and not read. What is not there, or is marked, is no trouble."""
        ...
