"""A slice of a store's work: its store, and how long it lasts. Push and reconcile work in slices,
because a killed function holds its store until its message is seen again (docs/architecture.md,
One writer a store)."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.errors import OutOfTime
from tillbridge.domain.ids import StoreId
from tillbridge.ports.clock import Clock


class HasClock(Protocol):
    """The dependencies that every slice needs."""

    @property
    def clock(self) -> Clock:
        """The clock."""
        ...


@dataclass(slots=True)
class Slice[Deps: HasClock]:
    """One slice. `deadline_ms`: when it must have ended (epoch ms). `last_call_ms`: with less time
    than this left, it begins nothing more."""

    last_call_ms: ClassVar[int]

    connection: Connection
    deps: Deps
    deadline_ms: int

    @property
    def store(self) -> StoreId:
        """The id of the store whose work this is."""
        return self.connection.store

    @property
    def settings(self) -> Settings:
        """The settings of the store's connection."""
        return self.connection.settings

    def now_ms(self) -> int:
        """Return the time now (epoch ms)."""
        return self.deps.clock.now_ms()

    def time_left_ms(self) -> int:
        """Return the milliseconds until this slice must have ended."""
        return self.deadline_ms - self.now_ms()

    def need_time(self, wait: float = 0.0) -> None:
        """Raise OutOfTime, carrying `wait` seconds, unless a call still fits after them."""
        if self.time_left_ms() < self.last_call_ms + wait * 1_000:
            raise OutOfTime("The slice has ended; the rest follows in the next.", wait)
