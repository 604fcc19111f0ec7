"""Messages that start runs, or have them go on."""

from typing import Protocol

from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Request


class ReconcileQueue(Protocol):
    """One line per store: of two messages of a store the second waits until the first is done, so
    never two runs of a store go on at once."""

    def send(self, store: StoreId, request: Request) -> None:
        """Puts a message at the end of the store's line."""
        ...
