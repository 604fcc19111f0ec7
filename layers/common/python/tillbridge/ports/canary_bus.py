"""Events that make rounds of canaries due."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.ids import StoreId


class CanaryBus(Protocol):
    """The bus, as the sweep sees it."""

    def due(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        """Put an event for each of these stores; return those whose event the bus did not take. Raise
        RetryLater."""
        ...
