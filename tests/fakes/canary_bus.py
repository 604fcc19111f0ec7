"""The bus of canaries in memory."""

from collections.abc import Sequence

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import StoreId


class FakeCanaryBus:
    """Remembers what was put; `busy` takes nothing, `misses` is what it does not take."""

    def __init__(self) -> None:
        self.put: list[StoreId] = []
        self.misses: set[StoreId] = set()
        self.busy = False

    def due(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        if self.busy:
            raise RetryLater("The bus takes no events.")
        self.put += [store for store in stores if store not in self.misses]
        return [store for store in stores if store in self.misses]
