"""Messages that start or continue runs of reconcile."""

from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request


class ReconcileQueue(Protocol):
    """One queue per store: a store's second message waits until its first is done, so that two runs
    of a store never work at once."""

    def send(self, store: StoreId, request: Request) -> None:
        """Add a message at the end of the store's queue."""
        ...
