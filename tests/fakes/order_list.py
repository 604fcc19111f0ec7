"""Lists of web orders, from the book in memory."""

from collections.abc import Collection, Sequence
from typing import override

from tests.fakes.order_book import FakeOrderBook
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.ports.order_list import ListedOrder, OrderList


class FakeOrderList(OrderList):
    """Lists what a book has."""

    def __init__(self, book: FakeOrderBook) -> None:
        self._book = book

    @override
    def latest(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        known = [each for each in self._book.all(store) if below is None or each < below]
        return self.find(store, sorted(known, reverse=True)[:limit])

    @override
    def open(self, store: StoreId) -> Sequence[ListedOrder]:
        return self.find(store, [each.order for each in self._book.open(store)])

    @override
    def open_page(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        known = [each.order for each in self._book.open(store)]
        behind = [each for each in known if below is None or each < below]
        return self.find(store, sorted(behind, reverse=True)[:limit])

    @override
    def find(self, store: StoreId, orders: Collection[WebOrderId]) -> Sequence[ListedOrder]:
        kept = self._book.kept(store, orders)
        return [kept[order].entry for order in sorted(kept, reverse=True)]
