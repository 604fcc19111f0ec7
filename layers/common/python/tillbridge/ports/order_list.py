"""Web orders as people list them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.domain.web_orders.entry import OrderEntry


@dataclass(frozen=True, slots=True)
class UnreadableOrder:
    """An order of which something is kept that cannot be read."""

    id: WebOrderId


type ListedOrder = OrderEntry | UnreadableOrder


class OrderList(Protocol):
    """The entries of a store's web orders, highest number first. No decision is made from a list. Every
    method may raise RetryLater."""

    def latest(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        """Return up to `limit` orders, of the numbers below one if one is named."""
        ...

    def open(self, store: StoreId) -> Sequence[ListedOrder]:
        """Return every order that is not settled."""
        ...

    def open_page(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        """Return up to `limit` orders that are not settled, of the numbers below one if one is named."""
        ...

    def find(self, store: StoreId, orders: Collection[WebOrderId]) -> Sequence[ListedOrder]:
        """Return those of these orders that the book has."""
        ...
