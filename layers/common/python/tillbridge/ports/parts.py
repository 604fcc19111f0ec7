"""Parts of events that name too many products to be marked at once."""

from collections.abc import Iterable
from typing import Protocol

from tillbridge.domain.events import Event


class Parts(Protocol):
    """The queue of parts of large events."""

    def send(self, parts: Iterable[Event]) -> None:
        """Queue each part; it comes back to intake as an event of its own, at least once. Raise
        RetryLater when one could not be queued; then the caller sends all of them again."""
        ...
