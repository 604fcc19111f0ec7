"""Conditional writes to the items of links; what they mean stands in `links`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from tillbridge.adapters.dynamodb import expressions, keys
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ABSENT = "attribute_not_exists(#pk)"
_ABSENT_OR_MINE = f"{ABSENT} OR #product = :product"
_MINE_OR_RESERVED = f"{_ABSENT_OR_MINE} OR #product = :importing"

type Write = dict[str, Any]
"""One member of a transaction."""


class LinkRows:
    """Each write raises ConditionFailed or TransactionCancelled when its condition is not met,
    and RetryLater when DynamoDB is out of reach."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def put(
        self, store: StoreId, values: Mapping[str, Any], condition: str, known: Mapping[str, Any]
    ) -> None:
        """Writes a link whole; `known` are the condition's values."""
        with our_errors():
            self._client.put_item(**self.link(store, values, condition, known)["Put"])

    def update(
        self,
        store: StoreId,
        product: PosProductId,
        values: Mapping[str, Any],
        condition: str,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        """Writes some attributes of a link; those that are None go."""
        sets, removes = expressions.written(values)
        with our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(store, keys.link(product)),
                **expressions.update(sets, {**values, **(known or {})}, condition, removes),
            )

    def one(self, write: Write) -> None:
        """A single write that could be a member of a transaction."""
        with our_errors():
            if "Put" in write:
                self._client.put_item(**write["Put"])
            else:
                self._client.delete_item(**write["Delete"])

    def transact(self, writes: Sequence[Write]) -> None:
        """All of the writes, or none."""
        with our_errors():
            self._client.transact_write_items(TransactItems=cast(Any, writes))

    def link(
        self, store: StoreId, values: Mapping[str, Any], condition: str, known: Mapping[str, Any]
    ) -> Write:
        """A link, whole."""
        item = new_item(keys.key(store, keys.link(values["product"])), values)
        return {"Put": self._conditional({"Item": item}, condition, known)}

    def holder(
        self,
        store: StoreId,
        product: PosProductId,
        number: StoreProductId,
        *,
        reserved: bool = False,
    ) -> Write:
        """The way back from a BigCommerce product that nobody else holds; `reserved`: an import
        may hold it."""
        values = {"product": product, "id": number}
        item = new_item(keys.key(store, keys.holder(number)), values)
        condition = _MINE_OR_RESERVED if reserved else _ABSENT_OR_MINE
        known = {**values, "importing": IMPORTING}
        return {"Put": self._conditional({"Item": item}, condition, known)}

    def no_link(
        self, store: StoreId, product: PosProductId, number: StoreProductId | None
    ) -> Write:
        """No link any more to a BigCommerce product."""
        row = {"Key": keys.key(store, keys.link(product))}
        if number is None:
            return {"Delete": self._conditional(row, "attribute_not_exists(#id)", {})}
        condition = f"{ABSENT} OR #id = :id"
        return {"Delete": self._conditional(row, condition, {"id": number})}

    def no_holder(self, store: StoreId, product: PosProductId, number: StoreProductId) -> Write:
        """No way back any more from a BigCommerce product this product held."""
        row = {"Key": keys.key(store, keys.holder(number))}
        return {"Delete": self._conditional(row, _ABSENT_OR_MINE, {"product": product})}

    def _conditional(
        self, row: dict[str, Any], condition: str, known: Mapping[str, Any]
    ) -> dict[str, Any]:
        return {"TableName": self._table, **row, **expressions.conditional(condition, known)}
