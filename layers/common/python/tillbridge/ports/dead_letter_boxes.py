"""The dead-letter queues, read by people."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.dead_letters import Box, DeadLetter

AT_ONCE = 10
"""The most dead letters of one call."""


class DeadLetterBoxes(Protocol):
    """No dead letter is ever lost: one goes only when it is deleted. Every call may raise RetryLater."""

    def boxes(self) -> Sequence[Box]:
        """Return the queues that this deployment has."""
        ...

    def receive(self, box: Box) -> Sequence[DeadLetter]:
        """Return up to AT_ONCE dead letters that nobody else reads, in no order, and hide them from others for
        HIDDEN_S seconds; none where the queue has none to show now. Of a group of a FIFO queue the oldest come,
        and no other of it while they are hidden."""
        ...

    def show_again(self, letters: Sequence[DeadLetter]) -> None:
        """End the hiding of dead letters at once. One whose receipt is too old stays as it is."""
        ...

    def send(self, letter: DeadLetter, to: Box) -> None:
        """Put a dead letter, as it came and without its reason, into the queue that dead letters of `to` come
        from; a FIFO queue takes a repeat within five minutes for the same. The dead letter itself stays."""
        ...

    def delete(self, letter: DeadLetter) -> bool:
        """Delete a dead letter, and return whether it is gone: False when its receipt is too old."""
        ...
