"""Removed stores in memory; they keep the promises of `tillbridge.ports.removals`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.fakes.stores import FakeStores
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.removal import LeftoverPlace, Removal, RemovedEntry


class FakeRemovals:
    """The removed stores of a FakeStores. `forgotten`: accounts."""

    def __init__(self, stores: FakeStores) -> None:
        self._stores = stores
        self.forgotten: list[PosAccountKey] = []
        self.left: list[tuple[PosAccountKey, StoreId]] = []

    def remove(self, store: StoreId, by: str, at_ms: int) -> bool:
        return self._stores.take_out(store, by, at_ms)

    def removal(self, store: StoreId) -> Removal | None:
        return self._stores.removal(store)

    def removed(self) -> Sequence[RemovedEntry]:
        return [entry for _, entry in sorted(self._stores.removed.items())]

    def note_clean(self, entry: RemovedEntry) -> None:
        self._change(entry, clean=True)

    def begin_deleting(self, entry: RemovedEntry) -> bool:
        return self._change(entry, going=True)

    def keep_place(self, entry: RemovedEntry, place: LeftoverPlace) -> None:
        self._change(entry, place=place)

    def _change(self, entry: RemovedEntry, **values: Any) -> bool:
        there = self._stores.removed.get(entry.store)
        if there is None or there.at_ms != entry.at_ms:
            return False
        self._stores.removed[entry.store] = replace(there, **values)
        return True

    def forget(self, entry: RemovedEntry) -> None:
        self._stores.removed.pop(entry.store, None)

    def leave_account(self, account: PosAccountKey, store: StoreId) -> None:
        self.left.append((account, store))

    def forget_account(self, account: PosAccountKey) -> None:
        self.forgotten.append(account)


class FakeLeftovers:
    """What is deleted of removed stores; `slices`: how many calls the next one needs;
    `mirror_slices`: likewise, for the mirror of its POS account."""

    def __init__(self, stores: FakeStores) -> None:
        self._stores = stores
        self.slices = self.mirror_slices = 1
        self.deleted: list[tuple[StoreId, LeftoverPlace]] = []

    def delete(
        self, store: StoreId, place: LeftoverPlace, until_ms: int
    ) -> tuple[LeftoverPlace, bool]:
        assert until_ms > 0
        self.deleted.append((store, place))
        self.slices -= 1
        if self.slices > 0:
            return ("history", store, str(self.slices)), False
        self._stores.lose(store)
        return None, True

    def delete_mirror(self, account: PosAccountKey, until_ms: int) -> bool:
        assert until_ms > 0
        self.mirror_slices -= 1
        return self.mirror_slices <= 0
