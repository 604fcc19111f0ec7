"""Waking a store's drain."""

from typing import Protocol

from tillbridge.domain.ids import StoreId


class Signals(Protocol):
    """A signal has no content: one too many costs an empty query, one too few loses work."""

    def signal(self, store: StoreId) -> None:
        """Starts a drain of the store as soon as none runs."""
        ...

    def wake(self, store: StoreId, seconds: float) -> None:
        """Has the store signalled about `seconds` from now (at most 900)."""
        ...
