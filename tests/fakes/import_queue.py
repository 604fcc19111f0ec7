"""The queue of imports in memory; it keeps the promises of `tillbridge.ports.import_queue`."""

from collections import deque

from tillbridge.domain.import_messages import ImportMessage


class FakeImportQueue:
    """`waiting` holds messages in the order of arrival; `delayed` holds them with their seconds."""

    def __init__(self) -> None:
        self.waiting: deque[ImportMessage] = deque()
        self.delayed: list[tuple[ImportMessage, float]] = []

    def put(self, message: ImportMessage) -> None:
        self.waiting.append(message)

    def later(self, message: ImportMessage, seconds: float) -> None:
        self.delayed.append((message, seconds))

    def time_passes(self) -> None:
        """Make every delayed message due."""
        self.waiting.extend(message for message, _ in self.delayed)
        self.delayed.clear()
