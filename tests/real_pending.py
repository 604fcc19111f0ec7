"""Pending rows in DynamoDB, beside requests about links in memory."""

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, override

from tests.fakes.link_requests import FakeLinkRequests
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.pending import Look
from tillbridge.ports.pending import PendingRows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class RowsAndRequests(PendingRows, Protocol):
    """Pending rows, and the requests about links whose lane they show."""

    link_requests: FakeLinkRequests


class RealPending(DynamoPending, RowsAndRequests):
    """Shows the lane of requests as if they were in the same table."""

    def __init__(
        self, client: "DynamoDBClient", table: str, link_requests: FakeLinkRequests | None = None
    ) -> None:
        super().__init__(client, table)
        self.link_requests = link_requests or FakeLinkRequests()

    @override
    def look(self, store: StoreId, now_ms: int, *, with_rows: bool = True) -> Look:
        found, asked = (
            super().look(store, now_ms, with_rows=with_rows),
            self.link_requests.waiting(store, 1),
        )
        of_requests = {Lane.LINKS: asked[0].order} if asked else {}
        return replace(found, oldest={**found.oldest, **of_requests})
