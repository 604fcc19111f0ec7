"""The calls that slices made, and what each slice did, kept for thirty days."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tillbridge.domain.history.call_line import CallLine
from tillbridge.domain.ids import StoreId


class CallLines(Protocol):
    """The lines as the slices of a store write them. Each method may raise RetryLater. Nothing but what is
    told to people depends on them, so whoever writes goes on without."""

    def write(self, store: StoreId, lines: Iterable[CallLine]) -> None:
        """Keep lines; one that is written twice is kept once."""
        ...

    def of(self, store: StoreId, from_ms: int, to_ms: int) -> Sequence[CallLine]:
        """Return the lines of a store between two times (epoch ms, both included), oldest first. One that
        cannot be read is left out, and logged."""
        ...

    def newest(self, store: StoreId, limit: int) -> Sequence[CallLine]:
        """Return the newest `limit` lines of a store, newest first, less those that cannot be read: one
        request."""
        ...
