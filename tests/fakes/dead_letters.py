"""Dead letters in memory; they keep the promises of `tillbridge.ports.dead_letters`."""

from threading import Lock


class FakeDeadLetters:
    """`letters` is for assertions: body and reason, in the order of arrival."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []
        self._lock = Lock()

    def put(self, body: str, reason: str) -> None:
        with self._lock:
            self.letters.append((body, reason))
