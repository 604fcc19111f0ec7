"""The read model in memory; it keeps the promises of `tillbridge.ports.read_model`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock

from tillbridge.domain.details.detail import Detail
from tillbridge.domain.ids import StoreId
from tillbridge.domain.view_rows import ViewRow
from tillbridge.ports.read_model import Details, RowKey


class FakeReadModel:
    """Rows in a dict by store, side and id."""

    def __init__(self) -> None:
        self._rows: dict[tuple[StoreId, str, str], ViewRow] = {}
        self._details: dict[tuple[StoreId, str, str], Detail] = {}
        self._lock = Lock()

    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        for row in rows:
            with self._lock:
                before = self._rows.get((store, row.side, row.id))
                kept = row.detail or (before.detail if before else "")
                self._rows[(store, row.side, row.id)] = replace(row, detail=kept)

    def revise(
        self,
        store: StoreId,
        asked: Collection[RowKey],
        compose: Callable[[Mapping[RowKey, ViewRow]], Iterable[ViewRow]],
        details: Details | None = None,
    ) -> None:
        with self._lock:
            found = ((key, self._rows.get((store, *key))) for key in asked)
            there = {key: row for key, row in found if row is not None}
        stored = self.details(store, details.needs) if details else {}
        rows = []
        for row in compose(there):
            key = (row.side, row.id)
            before = there[key].detail if key in there else ""
            detail = details.compose(key, stored.get(key)) if details else None
            digest = detail.digest if detail else before
            if detail and digest != before:
                self._keep(store, detail)
            rows.append(replace(row, detail=digest))
        self.put(store, rows)

    def _keep(self, store: StoreId, detail: Detail) -> None:
        with self._lock:
            self._details[store, detail.side, detail.id] = detail

    def get(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        with self._lock:
            asked = ((each, self._rows.get((store, side, each))) for each in ids)
            return {each: row for each, row in asked if row is not None}

    def ids(self, store: StoreId, side: str) -> Iterator[str]:
        return (row.id for row in self.every(store, side))

    def every(self, store: StoreId, side: str) -> Iterator[ViewRow]:
        with self._lock:
            found = [row for key, row in self._rows.items() if key[:2] == (store, side)]
        return iter(sorted(found, key=lambda row: row.id))

    def remove(self, store: StoreId, side: str, ids: Iterable[str]) -> None:
        with self._lock:
            for each in ids:
                self._rows.pop((store, side, each), None)
                self._details.pop((store, side, each), None)

    def details(self, store: StoreId, asked: Collection[RowKey]) -> Mapping[RowKey, Detail]:
        with self._lock:
            found = ((key, self._details.get((store, *key))) for key in asked)
            return {key: detail for key, detail in found if detail is not None}
