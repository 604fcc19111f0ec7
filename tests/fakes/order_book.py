"""The book of web orders in memory."""

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import override
from uuid import uuid4

from tillbridge.domain.ids import Rev, StoreId, WebOrderId
from tillbridge.domain.web_orders.accounts import LineAccount
from tillbridge.domain.web_orders.entry import again_ms
from tillbridge.ports.order_book import Kept, NewEntry, OpenOrder, OrderBook


class FakeOrderBook(OrderBook):
    """Keeps the promises of the port; `writes` counts the entries that were written."""

    def __init__(self) -> None:
        self._kept: dict[StoreId, dict[WebOrderId, Kept]] = {}
        self._lock = threading.Lock()
        self.writes = 0

    @override
    def of(self, store: StoreId) -> Sequence[LineAccount]:
        return [account for order in self.open(store) for account in order.accounts]

    @override
    def kept(self, store: StoreId, orders: Collection[WebOrderId]) -> Mapping[WebOrderId, Kept]:
        with self._lock:
            mine = self._kept.get(store, {})
            return {order: mine[order] for order in orders if order in mine}

    def all(self, store: StoreId) -> Collection[WebOrderId]:
        """Return every order that the book has of a store."""
        with self._lock:
            return set(self._kept.get(store, {}))

    @override
    def open(self, store: StoreId) -> Sequence[OpenOrder]:
        with self._lock:
            entries = [kept.entry for kept in self._kept.get(store, {}).values()]
        return [
            OpenOrder(entry.order.id, entry.accounts, entry.since_ms, again_ms(entry))
            for entry in entries
            if not entry.settled
        ]

    @override
    def write(self, store: StoreId, entries: Iterable[NewEntry]) -> Collection[WebOrderId]:
        refused = []
        for before, entry in entries:
            order = entry.order.id
            with self._lock:
                mine = self._kept.setdefault(store, {})
                there = mine.get(order)
                if (there and there.rev) != (before and before.rev):
                    refused.append(order)
                    continue
                mine[order] = Kept(entry, Rev(uuid4().hex))
                self.writes += 1
        return refused
