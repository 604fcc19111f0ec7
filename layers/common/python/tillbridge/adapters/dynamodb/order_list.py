"""Lists of web orders for people, from the table of the book."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.order_items import UnreadableRow, kept_of
from tillbridge.domain.ids import StoreId, WebOrderId
from tillbridge.ports.order_list import ListedOrder, OrderList, UnreadableOrder

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoOrderList(OrderList):
    """Reads whole entries, which are short: a list needs no second copy of what they say."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def latest(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        start = None if below is None else keys.web_order(store, below)
        asked = {
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :order)",
            "ExpressionAttributeValues": {":pk": {"S": store}, ":order": {"S": keys.WEB_ORDER}},
        }
        return _listed(self._newest(limit, start, asked))

    @override
    def open(self, store: StoreId) -> Sequence[ListedOrder]:
        rows = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.open_orders(store)}},
            ProjectionExpression="pk, sk",
        )
        return self.find(store, [keys.web_order_of(row) for row in rows])

    @override
    def open_page(
        self, store: StoreId, limit: int, below: WebOrderId | None = None
    ) -> Sequence[ListedOrder]:
        start = None if below is None else keys.open_order(store, below)
        asked = {
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.open_orders(store)}},
            "ProjectionExpression": "pk, sk",
        }
        rows = self._newest(limit, start, asked)
        return self.find(store, [keys.web_order_of(row) for row in rows]) if rows else []

    @override
    def find(self, store: StoreId, orders: Collection[WebOrderId]) -> Sequence[ListedOrder]:
        asked = [keys.web_order(store, order) for order in orders]
        return _listed(bulk.read_all(self._client, self._table, asked))

    def _newest(self, limit: int, start: Item | None, asked: dict[str, Any]) -> Sequence[Item]:
        goes_on: dict[str, Any] = {} if start is None else {"ExclusiveStartKey": start}
        items: list[Item] = []
        while len(items) < limit:
            with our_errors():
                answer = self._client.query(
                    TableName=self._table,
                    ScanIndexForward=False,
                    Limit=limit - len(items),
                    **asked,
                    **goes_on,
                )
            items += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                break
            goes_on = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return items


def _listed(items: Iterable[Item]) -> list[ListedOrder]:
    rows = sorted(items, key=keys.web_order_of, reverse=True)
    return [_order(row) for row in rows]


def _order(row: Item) -> ListedOrder:
    try:
        return kept_of(row).entry
    except UnreadableRow:  # people see it in the list; whoever works with the book logs it
        return UnreadableOrder(keys.web_order_of(row))
