"""The queue of imports: the messages of one store are worked on one after the other."""

from typing import Protocol

from tillbridge.domain.import_messages import ImportMessage


class ImportQueue(Protocol):
    """One queue per store. Every call may raise RetryLater."""

    def put(self, message: ImportMessage) -> None:
        """Add a message at the end of its store's queue. A repeat counts as a message of its own:
        the tables show what an import has done already."""
        ...

    def later(self, message: ImportMessage, seconds: float) -> None:
        """Add a message at the end of its store's queue about `seconds` from now (at most 900)."""
        ...
