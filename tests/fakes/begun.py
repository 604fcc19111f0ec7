"""Notes of work under way in memory; they keep the promises of `tillbridge.ports.begun`."""

from collections import defaultdict


class FakeBegun:
    """`receives` holds the notes of each message that are there."""

    def __init__(self) -> None:
        self.receives: dict[str, set[int]] = defaultdict(set)

    def begin(self, message: str, receive: int) -> int:
        self.receives[message].add(receive)
        return len(self.receives[message] - {receive})

    def end(self, message: str, receive: int) -> None:
        self.receives[message].discard(receive)
