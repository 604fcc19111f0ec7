"""Pokes in memory; they keep the promises of `tillbridge.ports.pokes`."""

from collections.abc import Sequence
from threading import Lock
from uuid import uuid4

from tillbridge.domain.ids import PosAccountKey, Rev
from tillbridge.domain.poke_mark import PokeMark


class FakePokes:
    """`signalled` is for assertions, in the order in which they were sent."""

    def __init__(self) -> None:
        self.marks: dict[PosAccountKey, PokeMark] = {}
        self.signalled: list[PosAccountKey] = []
        self._lock = Lock()

    def poke(self, account: PosAccountKey, *, hooked_ms: int = 0) -> None:
        with self._lock:
            before = self.marks.get(account, PokeMark(Rev("")))
            self.marks[account] = PokeMark(Rev(uuid4().hex), hooked_ms or before.hooked_ms)
            self.signalled.append(account)

    def marked(self, account: PosAccountKey) -> PokeMark | None:
        with self._lock:
            return self.marks.get(account)

    def clear(self, account: PosAccountKey, rev: Rev) -> None:
        with self._lock:
            if self.marks.get(account, PokeMark(Rev(""))).rev == rev:
                del self.marks[account]

    def signal_all(self, accounts: Sequence[PosAccountKey]) -> Sequence[PosAccountKey]:
        with self._lock:
            self.signalled.extend(accounts)
        return []
