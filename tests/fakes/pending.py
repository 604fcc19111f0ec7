"""Pending rows in memory; they keep the promises of `tillbridge.ports.pending`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import nsmallest
from threading import Lock
from typing import Any
from uuid import uuid4

from tests.fakes.link_requests import FakeLinkRequests
from tillbridge.domain.history.product_line import because_first, joined
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import DRAINED, ENTRY, Lane, Place
from tillbridge.domain.pending import Change, Look, PendingRow, arrived_ms

_A_PAGE = 50
"""So many rows of a lane a look sees."""


class FakePending:
    """Rows in a dict; `rows` is for assertions. `link_requests` wait in the same table, in a lane of
    their own."""

    def __init__(self, link_requests: FakeLinkRequests | None = None) -> None:
        self.link_requests = link_requests or FakeLinkRequests()
        self._lanes: dict[tuple[StoreId, Lane], dict[str, PendingRow]] = {}
        self._lock = Lock()

    @property
    def rows(self) -> list[PendingRow]:
        """Every row of every store and lane, due or not."""
        with self._lock:
            return [row for lane in self._lanes.values() for row in lane.values()]

    def mark(self, changes: Iterable[Change]) -> None:
        for change in changes:
            with self._lock:
                lane = self._lanes.setdefault((change.store, change.lane), {})
                lane[change.product] = _marked(lane.get(change.product), change)

    def due(self, store: StoreId, lane: Lane, now_ms: int, limit: int) -> Sequence[PendingRow]:
        with self._lock:
            rows = self._lanes.get((store, lane), {}).values()
            due = [row for row in rows if row.not_before_ms <= now_ms]
        return nsmallest(limit, due, key=lambda row: (row.not_before_ms, row.order, row.product))

    def look(self, store: StoreId, now_ms: int, *, with_rows: bool = True) -> Look:
        due = {lane: self.due(store, lane, now_ms, _A_PAGE) for lane in DRAINED}
        there = {lane: rows for lane, rows in due.items() if rows}
        oldest = {lane: min(row.order for row in rows) for lane, rows in there.items()}
        asked = self.link_requests.waiting(store, 1)
        whole = {
            lane: rows
            for lane, rows in there.items()
            if with_rows and len(rows) < _A_PAGE and ENTRY[lane].place is Place.TOGETHER
        }
        return Look(oldest | ({Lane.LINKS: asked[0].order} if asked else {}), whole)

    def of(self, store: StoreId, lane: Lane, products: Sequence[str]) -> Sequence[PendingRow]:
        with self._lock:
            rows = self._lanes.get((store, lane), {})
            return [rows[product] for product in dict.fromkeys(products) if product in rows]

    def of_lanes(
        self, store: StoreId, lanes: Sequence[Lane], products: Sequence[str]
    ) -> Sequence[PendingRow]:
        return [row for lane in lanes for row in self.of(store, lane, products)]

    def clear(self, rows: Iterable[PendingRow]) -> None:
        for row in rows:
            with self._lock:
                if self._is_current(row):
                    del self._lanes[row.store, row.lane][row.product]

    def postpone(self, rows: Iterable[PendingRow]) -> None:
        for row in rows:
            with self._lock:
                if row.unsure:
                    self._write(row, unsure=True)
                if self._is_current(row):
                    self._write(
                        row,
                        attempts=row.attempts,
                        not_before_ms=row.not_before_ms,
                        queued_ms=row.queued_ms,
                        awaits=row.awaits,
                        seen_stale_ms=row.seen_stale_ms,
                        done_version=row.done_version,
                        absent_ms=row.absent_ms,
                        older_ms=row.older_ms,
                    )

    def doubt(self, rows: Iterable[PendingRow]) -> None:
        for row in rows:
            with self._lock:
                self._write(row, unsure=True)

    def _there(self, row: PendingRow) -> PendingRow | None:
        return self._lanes.get((row.store, row.lane), {}).get(row.product)

    def _write(self, row: PendingRow, **changed: Any) -> None:
        if (there := self._there(row)) is not None:
            self._lanes[row.store, row.lane][row.product] = replace(there, **changed)

    def _is_current(self, row: PendingRow) -> bool:
        there = self._there(row)
        return there is not None and there.rev == row.rev


def _marked(row: PendingRow | None, change: Change) -> PendingRow:
    rev = Rev(uuid4().hex)
    if row is None:
        return PendingRow(
            store=change.store,
            lane=change.lane,
            product=PosProductId(change.product),
            rev=rev,
            version=change.version,
            queued_ms=change.queued_ms,
            order=change.order,
            force=change.force,
            manual=change.manual,
            marked_ms=arrived_ms(change.order),
            because=because_first(change.seen),
            job=change.job,
            plan=change.plan if change.job else "",
        )
    raised = replace(
        row,
        rev=rev,
        version=max(row.version, change.version),
        force=row.force or change.force,
        manual=row.manual or change.manual,
        marked_ms=arrived_ms(change.order),
        because=joined(row.because, because_first(change.seen)),
        job=change.job or row.job,
        plan=change.plan if change.job else row.plan,
    )
    tried = replace(raised, attempts=0, not_before_ms=0, done_version=-1)
    return tried if change.force else raised
