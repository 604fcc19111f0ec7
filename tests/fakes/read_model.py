"""The read model in memory; it keeps the promises of `tillbridge.ports.read_model`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock

from tillbridge.domain.ids import StoreId
from tillbridge.domain.names import name_key
from tillbridge.domain.view_rows import ViewRow


class FakeReadModel:
    """Rows in a dict by store, side and id."""

    def __init__(self) -> None:
        self._rows: dict[tuple[StoreId, str, str], ViewRow] = {}
        self._lock = Lock()

    def put(self, store: StoreId, rows: Iterable[ViewRow]) -> None:
        for row in rows:
            with self._lock:
                self._rows[(store, row.side, row.id)] = row

    def get(self, store: StoreId, side: str, ids: Sequence[str]) -> Mapping[str, ViewRow]:
        with self._lock:
            asked = ((each, self._rows.get((store, side, each))) for each in ids)
            return {each: row for each, row in asked if row is not None}

    def ids(self, store: StoreId, side: str) -> Iterator[str]:
        with self._lock:
            return iter(sorted(key[2] for key in self._rows if key[:2] == (store, side)))

    def remove(self, store: StoreId, side: str, ids: Iterable[str]) -> None:
        with self._lock:
            for each in ids:
                self._rows.pop((store, side, each), None)

    def rows(
        self,
        store: StoreId,
        side: str,
        *,
        name_prefix: str = "",
        after: str = "",
        limit: int = 50,
    ) -> tuple[list[ViewRow], str]:
        """Return one page by id, and the id after which to go on; "" at the end."""
        with self._lock:
            of_side = {k[2]: row for k, row in self._rows.items() if k[:2] == (store, side)}
        prefix = name_key(name_prefix)
        found = [
            row
            for _, row in sorted(of_side.items())
            if row.id > after and name_key(row.name).startswith(prefix)
        ]
        return found[:limit], found[limit - 1].id if len(found) > limit else ""
