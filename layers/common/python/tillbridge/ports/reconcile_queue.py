"""Messages that start or continue runs of reconcile."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request


class ReconcileQueue(Protocol):
    """One queue per store: a store's second message waits until its first is done, so that two runs
    of a store never work at once."""

    def send(self, store: StoreId, request: Request) -> None:
        """Add a message at the end of the store's queue."""
        ...

    def send_all(self, stores: Sequence[StoreId], request: Request) -> Sequence[StoreId]:
        """Add a message at the end of each store's queue, and return the stores whose message could
        not be added; none of them stops another."""
        ...
