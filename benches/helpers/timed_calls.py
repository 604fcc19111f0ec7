"""When each call of a house's drains began and ended, and what it was about."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any, cast

from tests.harness import House
from tests.world import WRITES
from tillbridge.ports.pos import Pos
from tillbridge.ports.store_api import StoreApi

A_PAGE = 50
"""A read of the POS for a window asks for more products than this; one for a sale, for fewer."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One call: its method, what was sent, begin and end (monotonic seconds)."""

    method: str
    sent: Any
    began: float
    ended: float


@dataclass
class TimedCalls:
    """Notes the writes to the store and the reads of the POS."""

    pos_answers_s: float = 0.0
    """How long the POS takes to answer, beside its work."""

    writes: list[Timed] = field(default_factory=list)
    reads: list[Timed] = field(default_factory=list)
    gathers: Event = field(default_factory=Event)
    """Set whenever a page of a window is being read."""

    def watch(self, house: House) -> None:
        """Note every call of the house's drains from now on."""
        open_store, open_pos = house.deps.open_store, house.deps.open_pos
        house.deps = replace(
            house.deps,
            open_store=lambda *given: cast(StoreApi, _Store(open_store(*given), self)),
            open_pos=lambda *given: cast(Pos, _Pos(open_pos(*given), self)),
        )

    def content(self) -> list[Timed]:
        """Return the content calls."""
        return [each for each in self.writes if each.method != "set_stock"]


class _Store:
    def __init__(self, api: StoreApi, calls: TimedCalls) -> None:
        self._api = api
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._api, name)
        return self._timed(name, found) if name in WRITES else found

    def _timed(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            began = time.monotonic()
            try:
                return method(*arguments)
            finally:
                self._calls.writes.append(Timed(name, arguments[0], began, time.monotonic()))

        return call


class _Pos:
    def __init__(self, pos: Pos, calls: TimedCalls) -> None:
        self._pos = pos
        self._calls = calls

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pos, name)

    def products(self, ids: Sequence[Any]) -> Any:
        began = time.monotonic()
        if len(ids) > A_PAGE:
            self._calls.gathers.set()
        time.sleep(self._calls.pos_answers_s)  # the POS is on the other side of a network
        try:
            return self._pos.products(ids)
        finally:
            self._calls.reads.append(Timed("products", ids, began, time.monotonic()))
