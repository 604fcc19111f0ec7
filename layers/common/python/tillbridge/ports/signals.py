"""Waking a store's drain."""

from typing import Protocol

from tillbridge.domain.ids import StoreId


class Signals(Protocol):
    """A signal has no content: one too many costs an empty query, one too few loses work."""

    def signal(self, store: StoreId) -> None:
        """Start a drain of the store as soon as none is running."""
        ...

    def wake(self, store: StoreId, seconds: float) -> None:
        """Signal the store about `seconds` from now (at most 900)."""
        ...
