"""The calls of a slice, gathered into lines. Nothing depends on them: what goes wrong is logged."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import uuid4

from tillbridge.domain.call_made import CallMade
from tillbridge.domain.history.call_line import (
    MOST_CALLS,
    MOST_FOR,
    CallLine,
    MadeFor,
    ToldCall,
    call_key,
)
from tillbridge.domain.history.product_line import Because
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.slices import SliceRecord
from tillbridge.ports.call_lines import CallLines
from tillbridge.ports.clock import Clock
from tillbridge.usecases.fence import best_effort

type _Row = tuple[PosProductId, Lane, Rev]

WAIT_MS = 2_000
"""A line that is so old is written after its next call, or while the drain waits for quota: a kill loses
no more."""


@dataclass(slots=True)
class SliceCalls:
    """The calls of one slice that began at `begun_ms`. Tasks in flight share it. The token is chosen here, so
    that a product's line can name a call whose own line is not written yet."""

    store: StoreId
    lines: CallLines
    clock: Clock
    begun_ms: int
    token: str = field(default_factory=lambda: uuid4().hex[:8])
    _calls: list[ToldCall] = field(default_factory=list)
    _at_ms: int = 0
    _full: list[CallLine] = field(default_factory=list)
    _did: dict[_Row, str] = field(default_factory=dict)
    _refused: dict[_Row, str] = field(default_factory=dict)
    _mine: threading.local = field(default_factory=threading.local)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _writing: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def made_for(self, work_items: Iterable[WorkItem]) -> Iterator[None]:
        """Note of the calls that this thread makes inside that they are for these products."""
        before = self._of_this_thread()
        self._mine.work_items = list({work.product: work for work in work_items}.values())
        try:
            yield
        finally:
            self._mine.work_items = before

    def note(self, call: CallMade) -> None:
        """Note a call. A full line is written later, and here nothing is: the call's thread may have the
        right of way."""
        with best_effort("noting a call", self.store):
            work_items = self._of_this_thread()
            named = self._reasons(work_items[:MOST_FOR])
            told = ToldCall(call, named, len(work_items) - len(named))
            with self._lock:
                if len(self._calls) >= MOST_CALLS:
                    self._full.append(self._line())
                if not self._calls:
                    self._begin_line()
                self._calls.append(told)
                if call.writes:
                    where = call_key(self._at_ms, self.token, len(self._calls))
                    rows = [work.rows[0] for work in work_items]
                    keys = [(row.product, row.lane, row.rev) for row in rows]
                    if call.arrived:
                        self._did.update(dict.fromkeys(keys, where))
                    if call.refused:
                        self._refused.update(dict.fromkeys(keys, where))

    def did(self, work: WorkItem) -> str:
        """Return the key of the last call that wrote something for this product's row; "" for none."""
        row = work.rows[0]
        return self._did.get((row.product, row.lane, row.rev), "")

    def refused(self, work: WorkItem) -> str:
        """Return the key of the last call for this product's row that was refused; "" for none."""
        row = work.rows[0]
        return self._refused.get((row.product, row.lane, row.rev), "")

    def keep(self) -> None:
        """Write the lines that are full or old."""
        with self._lock:
            old = bool(self._calls) and self.clock.now_ms() - self._at_ms >= WAIT_MS
            if not old and not self._full:
                return
            if old:
                self._full.append(self._line())
        self._write()

    def end(self, record: SliceRecord) -> None:
        """Write what is left, with what the slice did; nothing of one that did nothing."""
        with self._lock:
            if self._calls or record.did_something:
                if not self._calls:
                    self._begin_line()
                done = replace(
                    record, started_ms=self.begun_ms, calls=Counter(), lags=dict(record.lags)
                )
                self._full.append(replace(self._line(), ended_ms=record.ended_ms, done=done))
        self._write()

    def _reasons(self, work_items: Iterable[WorkItem]) -> tuple[MadeFor, ...]:
        found: list[MadeFor] = []
        for work in work_items:
            with best_effort("noting what a call is for", self.store, work.product):
                found.append(_reason(work))
        return tuple(found)

    def _of_this_thread(self) -> list[WorkItem]:
        found: list[WorkItem] = getattr(self._mine, "work_items", [])
        return found

    def _begin_line(self) -> None:
        # No two lines of a slice have one key.
        self._at_ms = max(self.clock.now_ms(), self._at_ms + 1)

    def _line(self) -> CallLine:
        calls, self._calls = tuple(self._calls), []
        return CallLine(self._at_ms, self.token, self.begun_ms, self.clock.now_ms(), calls)

    def _write(self) -> None:
        # One thread after the other: whoever reads on from the last key that it saw misses none.
        with self._writing:
            with self._lock:
                lines, self._full = self._full, []
            if lines:
                with best_effort("keeping calls", self.store):
                    self.lines.write(self.store, lines)


def why_due(work: WorkItem) -> Because | None:
    """Return the events for which a product is due; None where no event named it."""
    found = [row.because for row in work.rows if row.because is not None]
    return found[0] if found else None


def _reason(work: WorkItem) -> MadeFor:
    because, lane = why_due(work), work.rows[0].lane.value
    if because is None:
        return MadeFor(work.product, lane)
    first = because.first
    return MadeFor(work.product, lane, first.id, first.type, because.events)
