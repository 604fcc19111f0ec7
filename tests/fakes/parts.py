"""Parts in memory; they keep the promises of `tillbridge.ports.parts`."""

from collections.abc import Iterable

from tillbridge.domain.events import Event


class FakeParts:
    """`sent` is for assertions, in the order it was sent."""

    def __init__(self) -> None:
        self.sent: list[Event] = []

    def send(self, parts: Iterable[Event]) -> None:
        for part in parts:
            self.sent.append(part)
