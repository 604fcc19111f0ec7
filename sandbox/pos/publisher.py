"""Where the POS's events go: a port, and the publisher that tests read."""

from __future__ import annotations

from typing import Any, Protocol

type Entry = dict[str, Any]
"""One event: {"source", "detail-type", "detail"}."""


class Publisher(Protocol):
    """Delivers every entry at least once, or raises; never some and silence about the rest."""

    def publish(self, entries: list[Entry]) -> None:
        """Send the entries in order. Raises PublishError."""


class PublishError(Exception):
    """Some events did not reach the bus."""


class ListPublisher:
    """Keeps what was published, for tests to look at."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def publish(self, entries: list[Entry]) -> None:
        """Append."""
        self.entries.extend(entries)
