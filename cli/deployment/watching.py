"""The call lines of stores as they are written."""

import time
from collections.abc import Iterator, Sequence

from cli.deployment.target import Target
from tillbridge.domain.history.call_line import CallLine
from tillbridge.domain.ids import StoreId

LATE_MS = 120_000
"""A line's key is the time of its first call; a slice writes it up to some seconds later, or at its end."""


class NewLines:
    """Gives each line once. What was written before the first look is not new."""

    def __init__(self, target: Target, stores: Sequence[StoreId]) -> None:
        self._target = target
        self._stores = stores
        self._seen: dict[StoreId, set[str]] = {each: set() for each in stores}
        for _ in self.look():
            pass

    def look(self) -> Iterator[tuple[StoreId, CallLine]]:
        """Yield the lines that came since the last look, oldest first in each store. May raise RetryLater."""
        now_ms = time.time_ns() // 1_000_000
        for store in self._stores:
            lines = self._target.call_lines.of(store, now_ms - LATE_MS, now_ms + LATE_MS)
            new = [line for line in lines if line.key not in self._seen[store]]
            self._seen[store] = {line.key for line in lines}
            yield from ((store, line) for line in new)
