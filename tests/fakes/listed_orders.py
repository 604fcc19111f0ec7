"""How far the POS's list was read, in memory."""

from typing import override

from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.listed import ListedSoFar
from tillbridge.ports.listed_orders import ListedOrders


class FakeListedOrders(ListedOrders):
    """Keeps the promises of the port."""

    def __init__(self) -> None:
        self._kept: dict[StoreId, ListedSoFar] = {}

    @override
    def read(self, store: StoreId) -> ListedSoFar:
        return self._kept.get(store, ListedSoFar())

    @override
    def keep(self, store: StoreId, listed: ListedSoFar) -> None:
        self._kept[store] = listed
