"""Versions of settings in memory; they keep the promises of `tillbridge.ports.settings_versions`."""

from collections.abc import Sequence

from tests.fakes.stores import FakeStores
from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.settings_versions import SettingsVersion


class FakeSettingsVersions:
    """The settings themselves are those of the stores."""

    def __init__(self, stores: FakeStores) -> None:
        self._stores = stores
        self._versions: dict[StoreId, list[SettingsVersion]] = {}

    def of(self, store: StoreId) -> Sequence[SettingsVersion]:
        return tuple(self._versions.get(store, ()))

    def save(self, changed: Connection, seen: int, versions: Sequence[SettingsVersion]) -> None:
        self._stores.save_settings(changed, seen)
        self._versions[changed.store] = list(versions)
