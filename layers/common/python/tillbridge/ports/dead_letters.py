"""Where events go that nobody can read."""

from typing import Protocol


class DeadLetters(Protocol):
    """The dead-letter queue of the POS events."""

    def put(self, body: str, reason: str) -> None:
        """Keeps the event as it came, with the reason as an attribute. No event is ever lost."""
        ...
