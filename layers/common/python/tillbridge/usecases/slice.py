"""A slice of a store's work: whose it is, and how long it lasts. Push and reconcile work in slices,
because a killed function holds its store until its message is seen again (docs/architecture.md,
One writer a store)."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.errors import OutOfTime
from tillbridge.domain.ids import StoreId
from tillbridge.ports.clock import Clock


class HasClock(Protocol):
    """Dependencies, as far as a slice needs them."""

    @property
    def clock(self) -> Clock:
        """Time."""
        ...


@dataclass(slots=True)
class Slice[Deps: HasClock]:
    """One slice. `last_call_ms`: with less time than this left, nothing more is begun."""

    last_call_ms: ClassVar[int]

    connection: Connection
    deps: Deps
    deadline_ms: int

    @property
    def store(self) -> StoreId:
        """The store."""
        return self.connection.store

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return self.connection.settings

    def now_ms(self) -> int:
        """Epoch milliseconds."""
        return self.deps.clock.now_ms()

    def time_left_ms(self) -> int:
        """Milliseconds until this slice must have ended."""
        return self.deadline_ms - self.now_ms()

    def need_time(self, wait: float = 0.0) -> None:
        """Raises OutOfTime, carrying `wait` seconds, when nothing fits any more after them."""
        if self.time_left_ms() < self.last_call_ms + wait * 1_000:
            raise OutOfTime("The slice has ended; the rest follows in the next.", wait)
