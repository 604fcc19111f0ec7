"""Waking a store's drain."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId


class Signals(Protocol):
    """A signal has no content: one too many costs an empty query, one too few loses work."""

    def signal(self, store: StoreId) -> None:
        """Start a drain of the store as soon as none is running."""
        ...

    def signal_all(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        """Signal each of these stores, and return those that could not be signalled; none of them
        stops another."""
        ...

    def wake(self, store: StoreId, seconds: float) -> None:
        """Signal the store about `seconds` from now (at most 900)."""
        ...
