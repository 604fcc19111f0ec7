"""The queue of imports in memory, with the promises of `tillbridge.ports.import_queue`."""

from collections import deque

from tillbridge.domain.import_messages import ImportMessage


class FakeImportQueue:
    """`waiting` in the order they were put; `delayed` with their seconds."""

    def __init__(self) -> None:
        self.waiting: deque[ImportMessage] = deque()
        self.delayed: list[tuple[ImportMessage, float]] = []

    def put(self, message: ImportMessage) -> None:
        self.waiting.append(message)

    def later(self, message: ImportMessage, seconds: float) -> None:
        self.delayed.append((message, seconds))

    def time_passes(self) -> None:
        """What was delayed is due."""
        self.waiting.extend(message for message, _ in self.delayed)
        self.delayed.clear()
