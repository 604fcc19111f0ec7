"""The list of stores in memory; it keeps the promises of `tillbridge.ports.store_list`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.fakes.reconcile import FakeRuns
from tests.fakes.stores import FakeStores
from tillbridge.domain.backlog import Backlog, Figures, ScanPlace, StoreEntry, StoreFigures
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.pos_trouble import with_trouble


class FakeStoreList:
    """The stores of a FakeStores. `unreadable` are stores whose connection nobody can read,
    `unreadable_backlogs` those whose figures; `writes` counts what was written."""

    def __init__(self, stores: FakeStores, runs: FakeRuns | None = None) -> None:
        self._stores = stores
        self._runs = runs or FakeRuns()
        self._kept: dict[StoreId, StoreEntry] = {}
        self._place: ScanPlace = {}
        self.unreadable: set[StoreId] = set()
        self.unreadable_backlogs: set[StoreId] = set()
        self.swept_ms = 0
        self.writes = 0

    def entries(self) -> Sequence[StoreEntry]:
        return [
            replace(
                self._kept_of(store),
                compared_ms=self._runs.compared.get(store),
                last_run=self._runs.last.get(store),
                last_full=self._runs.last_full.get(store),
                pos_trouble=self._stores.troubles.get(store),
            )
            for store in self._stores.all()
        ]

    def _kept_of(self, store: StoreId) -> StoreEntry:
        kept = self._kept.get(store, StoreEntry(store))
        return replace(kept, backlog=None) if store in self.unreadable_backlogs else kept

    def connections(self, stores: Sequence[StoreId]) -> Mapping[StoreId, Connection | None]:
        there = set(self._stores.all())
        return {
            store: None if store in self.unreadable else self._without_account(store)
            for store in stores
            if store in there
        }

    def orders_read(self, stores: Sequence[StoreId]) -> Mapping[StoreId, int]:
        read = {store: self._stores.orders_read(store) for store in stores}
        return {store: at for store, at in read.items() if at is not None}

    def figures(self, stores: Sequence[StoreId]) -> Figures:
        entries = {entry.store: entry for entry in self.entries()}
        there = self.connections(stores)
        found = {
            store: StoreFigures(
                store,
                connection and with_trouble(connection, self._stores.troubles.get(store)),
                entries.get(store),
                self._stores.running_hour(store),
            )
            for store, connection in there.items()
        }
        return Figures(self.swept_ms, found)

    def keep_swept(self, at_ms: int) -> None:
        self.swept_ms = at_ms

    def _without_account(self, store: StoreId) -> Connection | None:
        there = self._stores.find(store)
        return there and replace(
            there, pos_account=PosAccount(there.pos_account.key, address="", source="")
        )

    def keep_backlogs(self, backlogs: Mapping[StoreId, Backlog]) -> None:
        for store, backlog in backlogs.items():
            self._kept[store] = StoreEntry(store, dict(backlog))
            self.writes += 1

    def keep_counting(self, counting: Mapping[StoreId, Backlog]) -> None:
        for store, backlog in counting.items():
            known = self._kept.get(store, StoreEntry(store))
            self._kept[store] = replace(known, counting=dict(backlog))
            self.writes += 1

    def place(self) -> ScanPlace:
        return dict(self._place)

    def keep_place(self, place: ScanPlace) -> None:
        self._place = dict(place)
