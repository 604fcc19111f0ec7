"""Pokes in memory; they keep the promises of `tillbridge.ports.pokes`."""

from collections.abc import Sequence
from threading import Lock
from uuid import uuid4

from tillbridge.domain.ids import PosAccountKey, Rev


class FakePokes:
    """`signalled` is for assertions, in the order in which they were sent."""

    def __init__(self) -> None:
        self.marks: dict[PosAccountKey, Rev] = {}
        self.signalled: list[PosAccountKey] = []
        self._lock = Lock()

    def poke(self, account: PosAccountKey) -> None:
        with self._lock:
            self.marks[account] = Rev(uuid4().hex)
            self.signalled.append(account)

    def marked(self, account: PosAccountKey) -> Rev | None:
        with self._lock:
            return self.marks.get(account)

    def clear(self, account: PosAccountKey, rev: Rev) -> None:
        with self._lock:
            if self.marks.get(account) == rev:
                del self.marks[account]

    def signal_all(self, accounts: Sequence[PosAccountKey]) -> Sequence[PosAccountKey]:
        with self._lock:
            self.signalled.extend(accounts)
        return []
