"""A clock that really waits, and a store that notes when its calls begin."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, cast

from tests.harness import House
from tests.house_parts import HouseClock
from tests.world import WRITES
from tillbridge.ports.store_api import StoreApi


class WallClock(HouseClock):
    """Really waits, because the store's quota does."""

    def now_ms(self) -> int:
        """Return epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(max(0.0, seconds))  # the store's quota passes in real time


@dataclass
class Started:
    """When each write call to the store began (monotonic seconds), and what it sent."""

    calls: list[tuple[float, str, Any]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def watch(self, house: House) -> None:
        """Note every write of the house's drains from now on."""
        opened = house.deps.open_store

        def watched(*arguments: Any) -> StoreApi:
            return cast(StoreApi, _Watched(opened(*arguments), self))

        house.deps = replace(house.deps, open_store=watched)

    def note(self, method: str, sent: Any) -> None:
        """Note that a call begins."""
        with self._lock:
            self.calls.append((time.monotonic(), method, sent))


class _Watched:
    def __init__(self, api: StoreApi, started: Started) -> None:
        self._api = api
        self._started = started

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._api, name)
        return self._noting(name, found) if name in WRITES else found

    def _noting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self._started.note(name, arguments[0])
            return method(*arguments)

        return call
