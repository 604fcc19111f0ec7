"""Where unreadable events go."""

from typing import Protocol


class DeadLetters(Protocol):
    """The dead-letter queue of the POS events."""

    def put(self, body: str, reason: str) -> None:
        """Keep the event as it came, with the reason as an attribute. No event is ever lost."""
        ...
