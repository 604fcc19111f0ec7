"""The queue of imports: one store's messages are worked on one after the other."""

from typing import Protocol

from tillbridge.domain.import_messages import ImportMessage


class ImportQueue(Protocol):
    """Raises RetryLater."""

    def put(self, message: ImportMessage) -> None:
        """Behind what waits for this store. A repeat is taken as a message of its own: what an
        import did is seen in the tables."""
        ...

    def later(self, message: ImportMessage, seconds: float) -> None:
        """The same, about `seconds` from now (900 at most)."""
        ...
