"""Pending rows in DynamoDB, beside requests about links in memory."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, override

from tests.fakes.link_requests import FakeLinkRequests
from tillbridge.adapters.dynamodb.pending import DynamoPending
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lanes import Lane
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
    def heads(self, store: StoreId, now_ms: int) -> Mapping[Lane, int]:
        asked = self.link_requests.waiting(store, 1)
        return {
            **super().heads(store, now_ms),
            **({Lane.LINKS: asked[0].order} if asked else {}),
        }
