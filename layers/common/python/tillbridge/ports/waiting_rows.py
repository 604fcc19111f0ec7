"""What waits for one store's drain, counted."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.backlog import Waiting
from tillbridge.domain.ids import StoreId


class WaitingRows(Protocol):
    """May raise RetryLater. Not strongly consistent: people look at it."""

    def first(self, store: StoreId, limit: int) -> tuple[Sequence[Waiting], bool]:
        """Return up to `limit` rows of each of the two partitions in which a store's rows and requests wait, due or
        not, and whether these are all. Of a partition it is one request."""
        ...
