"""What the parts of one slice share."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from tillbridge.domain.ids import StoreId
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.clock import Clock
from tillbridge.ports.links import Links
from tillbridge.ports.local_copy import Views
from tillbridge.ports.pending import PendingRows
from tillbridge.ports.pos import Pos
from tillbridge.ports.store_api import StoreApi
from tillbridge.ports.stores import Stores
from tillbridge.usecases.push.store_index import StoreIndex
from tillbridge.usecases.slice import Slice

LOOK_SECONDS = 0.5
"""While it waits for quota, a drain looks around this often."""


@dataclass(frozen=True, slots=True)
class PushDeps:
    """What push needs. `in_flight`: catalogue calls at a time. `indexes` outlives slices: what was
    read of a store's names and SKUs."""

    pending: PendingRows
    links: Links
    stores: Stores
    local_copy: Views
    clock: Clock
    in_flight: int = 3
    indexes: dict[StoreId, StoreIndex] = field(default_factory=dict)


@dataclass(slots=True)
class Session(Slice[PushDeps]):
    """One slice of one store's drain. `urgent`: the work under way may spend the reserve that is
    left to other apps (DESIGN 2, One writer per store). `unanswered`: calls that failed since the
    last that got through."""

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
