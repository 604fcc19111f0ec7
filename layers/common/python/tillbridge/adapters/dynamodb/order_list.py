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
        goes_on: dict[str, Any] = (
            {} if below is None else {"ExclusiveStartKey": keys.web_order(store, below)}
        )
        items: list[Item] = []
        while len(items) < limit:
            with our_errors():
                answer = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression="pk = :pk AND begins_with(sk, :order)",
                    ExpressionAttributeValues={
                        ":pk": {"S": store},
                        ":order": {"S": keys.WEB_ORDER},
                    },
                    ScanIndexForward=False,
                    Limit=limit - len(items),
                    **goes_on,
                )
            items += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                break
            goes_on = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return _listed(items)

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
    def find(self, store: StoreId, orders: Collection[WebOrderId]) -> Sequence[ListedOrder]:
        asked = [keys.web_order(store, order) for order in orders]
        return _listed(bulk.read_all(self._client, self._table, asked))


def _listed(items: Iterable[Item]) -> list[ListedOrder]:
    rows = sorted(items, key=keys.web_order_of, reverse=True)
    return [_order(row) for row in rows]


def _order(row: Item) -> ListedOrder:
    try:
        return kept_of(row).entry
    except UnreadableRow:  # people see it in the list; whoever works with the book logs it
        return UnreadableOrder(keys.web_order_of(row))
