"""The queue of a store's signals, with a clock of its own, and who is started by it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.builders import STORE
from tests.world import World
from tillbridge.domain.slices import Signal
from tillbridge.usecases.store_work import work_on_store


@dataclass
class SignalQueue:
    """Signals of one store, stamped by the queue's clock, which is `ahead_ms` of the world's. `drains`
    counts those that began a slice."""

    world: World
    ahead_ms: int = 0
    drains: int = 0
    sent: list[int] = field(default_factory=list)
    received: dict[int, int] = field(default_factory=dict)

    def now_ms(self) -> int:
        """Return the time by the queue's clock."""
        return self.world.clock.now_ms() + self.ahead_ms

    def send(self, off_ms: int = 0) -> None:
        """Send a signal; the host that stamps it is `off_ms` off."""
        self.sent.append(self.now_ms() + off_ms)

    def deliver(self, place: int, starts: Callable[[], object] = lambda: None) -> None:
        """Deliver a signal, for the first time or again; `starts` runs while the function starts."""
        self.received.setdefault(place, self.now_ms())
        starts()
        signal = Signal(self.sent[place], self.received[place])
        stores, begin = self.world.stores, self.world.stores.begin_slice

        def counted(*arguments: object) -> object:
            turn = begin(*arguments)  # type: ignore[arg-type]
            self.drains += not turn.spent
            return turn

        stores.begin_slice = counted  # type: ignore[method-assign, assignment]
        try:
            work_on_store(STORE, self.world.deps, signal)
        finally:
            stores.begin_slice = begin  # type: ignore[method-assign]
