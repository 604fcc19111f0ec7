"""How far the POS's list of web orders was read, in the table of orders."""

from typing import TYPE_CHECKING, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.listed import ListedSoFar
from tillbridge.ports.listed_orders import ListedOrders

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoListedOrders(ListedOrders):
    """One item a store, beside its orders: the function that tells the POS writes no other table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def read(self, store: StoreId) -> ListedSoFar:
        items = bulk.read_all(self._client, self._table, [keys.listed_orders(store)])
        for item in items:
            values = from_item(item)
            return ListedSoFar(values["settled"], values["newest"], values["newest_ms"])
        return ListedSoFar()

    @override
    def keep(self, store: StoreId, listed: ListedSoFar) -> None:
        values = {
            "settled": listed.settled,
            "newest": listed.newest,
            "newest_ms": listed.newest_ms,
        }
        item = new_item(keys.listed_orders(store), values)
        with our_errors():
            self._client.put_item(TableName=self._table, Item=item)
