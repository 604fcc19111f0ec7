"""Which receives of a message began and never ended."""

from typing import Protocol


class Begun(Protocol):
    """Notes of work under way, only of messages that returned often. A function that is killed, out
    of time or memory, leaves its note behind."""

    def begin(self, message: str, receive: int) -> int:
        """Note that work on this receive of a message begins, and return how many receives before
        it began and never ended. Raise RetryLater."""
        ...

    def end(self, message: str, receive: int) -> None:
        """Forget the note of a receive, however its work ended. Raise RetryLater."""
        ...
