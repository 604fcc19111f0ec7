"""The port for publishing events, and a publisher for tests."""

from __future__ import annotations

from typing import Any, Protocol

type Entry = dict[str, Any]
"""One event: {"source", "detail-type", "detail"}."""


class Publisher(Protocol):
    """A publisher that delivers every entry at least once, or raises."""

    def publish(self, entries: list[Entry]) -> None:
        """Send the entries in order. Raises PublishError."""


class PublishError(Exception):
    """Some events did not reach the bus."""


class ListPublisher:
    """Keeps published entries for tests to inspect."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def publish(self, entries: list[Entry]) -> None:
        """Append the entries."""
        self.entries.extend(entries)
