"""The last versions of each store's settings."""

from collections.abc import Sequence
from typing import Protocol

from tillbridge.domain.connection import Connection
from tillbridge.domain.ids import StoreId
from tillbridge.domain.settings_versions import SettingsVersion


class SettingsVersions(Protocol):
    """Every method may raise RetryLater."""

    def of(self, store: StoreId) -> Sequence[SettingsVersion]:
        """Return the versions that are kept, newest first; none before the first change. Raise UnreadableStore for
        what a later release has written."""
        ...

    def save(self, changed: Connection, seen: int, versions: Sequence[SettingsVersion]) -> None:
        """Write the settings of a connection, its `settings_version`, its `web_orders_since_ms` and these versions
        at once; all else of it stays as it is, what was learned of a safety stock too. Raise Conflict, with
        nothing written, unless the store is connected and its version is `seen`."""
        ...
