"""Pending rows in memory; they keep the promises of `tillbridge.ports.pending`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from threading import Lock
from uuid import uuid4

from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Change, PendingRow

type _Key = tuple[StoreId, Lane, str]


class FakePending:
    """Rows in a dict; `rows` is for assertions."""

    def __init__(self) -> None:
        self._rows: dict[_Key, PendingRow] = {}
        self._lock = Lock()

    @property
    def rows(self) -> list[PendingRow]:
        """Every row of every store and lane, due or not."""
        with self._lock:
            return list(self._rows.values())

    def mark(self, changes: Iterable[Change]) -> None:
        for change in changes:
            with self._lock:
                key = (change.store, change.lane, change.product)
                self._rows[key] = _marked(self._rows.get(key), change)

    def due(self, store: StoreId, lane: Lane, now_ms: int, limit: int) -> Sequence[PendingRow]:
        due = [row for row in self.rows if (row.store, row.lane) == (store, lane)]
        due = [row for row in due if row.not_before_ms <= now_ms]
        return sorted(due, key=lambda row: (row.not_before_ms, row.order, row.product))[:limit]

    def of(self, store: StoreId, lane: Lane, products: Sequence[str]) -> Sequence[PendingRow]:
        with self._lock:
            found = (self._rows.get((store, lane, product)) for product in dict.fromkeys(products))
            return [row for row in found if row is not None]

    def clear(self, rows: Iterable[PendingRow]) -> None:
        for row in rows:
            with self._lock:
                if self._is_current(row):
                    del self._rows[_key(row)]

    def postpone(self, rows: Iterable[PendingRow]) -> None:
        for row in rows:
            with self._lock:
                there = self._rows.get(_key(row))
                if there is not None and row.unsure:
                    there = self._rows[_key(row)] = replace(there, unsure=True)
                if there is not None and self._is_current(row):
                    self._rows[_key(row)] = replace(
                        there,
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
                if _key(row) in self._rows:
                    self._rows[_key(row)] = replace(self._rows[_key(row)], unsure=True)

    def _is_current(self, row: PendingRow) -> bool:
        there = self._rows.get(_key(row))
        return there is not None and there.rev == row.rev


def _key(row: PendingRow) -> _Key:
    return (row.store, row.lane, row.product)


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
        )
    raised = replace(
        row,
        rev=rev,
        version=max(row.version, change.version),
        force=row.force or change.force,
        manual=row.manual or change.manual,
    )
    tried = replace(raised, attempts=0, not_before_ms=0, done_version=-1)
    return tried if change.force else raised
