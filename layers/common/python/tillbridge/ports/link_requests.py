"""People's requests about links, which wait for the store's one writer."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link_requests import LinkAnswer, LinkRequest


class LinkRequests(Protocol):
    """One row per request and product. Every call may raise RetryLater."""

    def put(self, requests: Iterable[LinkRequest]) -> None:
        """Keep each request until it is answered. One that waits already keeps its order, and one
        that was answered in the last 30 days stays answered."""
        ...

    def waiting(self, store: StoreId, limit: int) -> Sequence[LinkRequest]:
        """Return up to `limit` requests without an answer in the order of arrival; strongly
        consistent. Only the store's one writer may call it."""
        ...

    def named(self, store: StoreId) -> set[PosProductId]:
        """Return the products that waiting requests name; strongly consistent."""
        ...

    def answer(
        self, request: LinkRequest, answer: LinkAnswer, line: ProductLine | None = None
    ) -> None:
        """Keep the answer for 30 days, and with it the line that the history tells of it; the request no
        longer waits. The same answer again changes nothing but that it is told twice."""
        ...
