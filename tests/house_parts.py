"""The parts of a house: tables, a clock, the store's queue, the POS's object store."""

import io
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.pos.claim_check import MemoryObjects
from tests.fakes.history import FakeCallLines, FakeHistory, FakeLagHours, FakeOversold
from tests.fakes.links import FakeLinks
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.pending import FakePending
from tests.fakes.read_model import FakeReadModel
from tests.fakes.stores import FakeStores
from tests.real_pending import RowsAndRequests
from tillbridge.adapters.messages.event_parts import body_of
from tillbridge.domain.connection import Connection
from tillbridge.domain.events import Event
from tillbridge.domain.ids import StoreId
from tillbridge.ports.call_lines import CallLines
from tillbridge.ports.history import History
from tillbridge.ports.lag_hours import LagHours
from tillbridge.ports.links import Links
from tillbridge.ports.order_book import OrderBook
from tillbridge.ports.oversold import OversoldRows
from tillbridge.ports.read_model import Views
from tillbridge.ports.stores import Stores


class SavedStores(Stores, Protocol):
    """Stores to which a connection can be added."""

    def save_connection(self, connection: Connection) -> None: ...


@dataclass
class Tables:
    """Where state is kept: in memory unless a test brings real tables."""

    pending: RowsAndRequests = field(default_factory=FakePending)
    links: Links = field(default_factory=FakeLinks)
    stores: SavedStores = field(default_factory=FakeStores)
    read_model: Views = field(default_factory=FakeReadModel)
    order_book: OrderBook = field(default_factory=FakeOrderBook)
    history: History = field(default_factory=FakeHistory)
    call_lines: CallLines = field(default_factory=FakeCallLines)
    hours: LagHours = field(default_factory=FakeLagHours)
    oversold: OversoldRows = field(default_factory=FakeOversold)


class HouseClock:
    """The wall clock, plus all the time that was waited for without really waiting."""

    def __init__(self) -> None:
        self._ahead_ms = 0

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self._ahead_ms

    def sleep(self, seconds: float) -> None:
        self._ahead_ms += round(max(0.0, seconds) * 1_000)


class HouseSignals:
    """The store's queue, and its delayed wakes."""

    def __init__(self, clock: HouseClock) -> None:
        self.clock = clock
        self.signalled = False
        self.wake_at: list[int] = []

    def signal(self, store: StoreId) -> None:
        self.signalled = True

    def signal_all(self, stores: Sequence[StoreId]) -> Sequence[StoreId]:
        self.signalled = True
        return []

    def wake(self, store: StoreId, seconds: float) -> None:
        self.wake_at.append(self.clock.now_ms() + round(seconds * 1_000))


class PosObjects:
    """The sandbox POS's object store, as far as a claim check reads S3."""

    def __init__(self, objects: MemoryObjects) -> None:
        self._objects = objects

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        return {"Body": io.BytesIO(self._objects.objects[f"s3://{Bucket}/{Key}"])}


class HouseParts:
    """The queue of the parts of long lists: each reaches intake at once."""

    def __init__(self, deliver: Callable[[list[str]], None]) -> None:
        self._deliver = deliver

    def send(self, parts: Iterable[Event]) -> None:
        self._deliver([body_of(part) for part in parts])
