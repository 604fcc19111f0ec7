"""Events that name too many products for one go."""

from collections.abc import Iterable
from typing import Protocol

from tillbridge.domain.events import Event


class Parts(Protocol):
    """The queue of parts of large events."""

    def send(self, parts: Iterable[Event]) -> None:
        """Queues each part; it comes back to intake as an event of its own, at least once."""
        ...
