"""How far the POS's list of web orders was read."""

from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.listed import ListedSoFar


class ListedOrders(Protocol):
    """One place a store. Both methods may raise RetryLater."""

    def read(self, store: StoreId) -> ListedSoFar:
        """Return how far the list of a store's POS was read."""
        ...

    def keep(self, store: StoreId, listed: ListedSoFar) -> None:
        """Write how far it was read. Of two writers the last one counts: a lower place has orders read
        twice, and loses none."""
        ...
