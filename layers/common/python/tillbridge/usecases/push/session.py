"""What the parts of one slice share."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.clock import Clock
from tillbridge.ports.links import Links
from tillbridge.ports.local_copy import Views
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos import Pos
from tillbridge.ports.signals import Signals
from tillbridge.ports.store_api import StoreApi
from tillbridge.ports.stores import Stores
from tillbridge.usecases.push.store_index import StoreIndex
from tillbridge.usecases.slice import Slice

LOOK_SECONDS = 0.5
"""While it waits for quota, a drain looks around this often."""


@dataclass(frozen=True, slots=True)
class PushDeps:
    """What push needs. `open_store` and `open_pos` make clients whose calls end by a deadline
    (epoch ms). `indexes` outlives slices: what was read of a store's names and SKUs.
    `before_drain` does what else only a store's one writer may do: links by hand."""

    pending: PendingRows
    links: Links
    stores: Stores
    signals: Signals
    local_copy: Views
    clock: Clock
    open_store: Callable[[Connection, int], StoreApi]
    open_pos: Callable[[Connection, int], Pos]
    slice_ms: int = 60_000
    in_flight: int = 3
    indexes: dict[StoreId, StoreIndex] = field(default_factory=dict)
    before_drain: Callable[["Session"], None] = lambda _: None


@dataclass(slots=True)
class Session(Slice[PushDeps]):
    """One slice of one store's drain. `urgent`: the work under way may spend the reserve that is
    left to other apps (docs/architecture.md, One writer a store). `unanswered`: calls that failed
    since the last that got through."""

    last_call_ms = 2_000

    api: StoreApi
    pos: Pos
    lock: threading.Lock = field(default_factory=threading.Lock)
    due_later_ms: set[int] = field(default_factory=set)
    mark: int | None = None
    brands: set[str] = field(default_factory=set)
    urgent: bool = False
    unanswered: int = 0
    swaps: Counter[str] = field(default_factory=Counter)

    @property
    def record(self) -> SliceRecord:
        """What this slice did; the API counts its calls there."""
        return self.api.record

    def wait_for_quota(self) -> None:
        """Waits until the next call may go out. Raises OutOfTime when the slice ends before."""
        while (wait := self.api.wait_needed(urgent=self.urgent)) > 0:
            self.need_time(wait)
            self.deps.clock.sleep(min(wait, LOOK_SECONDS))

    def wake_by(self, at_ms: int) -> None:
        """Has the store woken when these postponed rows are due."""
        with self.lock:
            self.due_later_ms.add(at_ms)
