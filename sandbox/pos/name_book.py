"""Departments or vendors: one record per name, case and outer blanks ignored."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.pos.model import Named


class NameBook:
    """Records by name, case and outer blanks ignored.

    The caller holds the catalogue's lock.
    """

    def __init__(self, prefix: str, next_version: Callable[[], int]) -> None:
        self._prefix = prefix
        self._next_version = next_version
        self._by_key: dict[str, Named] = {}

    def ensure(self, name: str) -> tuple[Named, bool]:
        """Return the record with this name, created if there is none, and whether it is new."""
        key = name.strip().casefold()
        known = self._by_key.get(key)
        if known is not None:
            return known, False
        made = Named(f"{self._prefix}-{len(self._by_key) + 1}", name.strip(), self._next_version())
        self._by_key[key] = made
        return made, True

    def optional(self, name: str | None) -> Named | None:
        """Return the record with this name, created if there is none; None for a blank name."""
        return self.ensure(name)[0] if name and name.strip() else None

    def since(self, version: int) -> list[Named]:
        """Return the records created after `version`, oldest first."""
        return [named for named in self._by_key.values() if named.version > version]
