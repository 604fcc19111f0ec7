"""Conditional writes to the items of links; what they mean stands in `links`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from tillbridge.adapters.dynamodb import expressions, keys
from tillbridge.adapters.dynamodb.attributes import to_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ABSENT = "attribute_not_exists(#pk)"
_ABSENT_OR_MINE = f"{ABSENT} OR #product = :product"

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

    def transact(self, writes: Sequence[Write]) -> None:
        """All of the writes, or none."""
        with our_errors():
            self._client.transact_write_items(TransactItems=cast(Any, writes))

    def link(
        self, store: StoreId, values: Mapping[str, Any], condition: str, known: Mapping[str, Any]
    ) -> Write:
        """A link, whole."""
        item = {**keys.key(store, keys.link(values["product"])), **to_item(values)}
        return {"Put": self._conditional({"Item": item}, condition, known)}

    def holder(self, store: StoreId, product: PosProductId, number: StoreProductId) -> Write:
        """The way back from a BigCommerce product that nobody else holds."""
        values = {"product": product, "id": number}
        item = {**keys.key(store, keys.holder(number)), **to_item(values)}
        return {"Put": self._conditional({"Item": item}, _ABSENT_OR_MINE, values)}

    def no_holder(self, store: StoreId, product: PosProductId, number: StoreProductId) -> Write:
        """No way back any more from a BigCommerce product this product held."""
        row = {"Key": keys.key(store, keys.holder(number))}
        return {"Delete": self._conditional(row, _ABSENT_OR_MINE, {"product": product})}

    def _conditional(
        self, row: dict[str, Any], condition: str, known: Mapping[str, Any]
    ) -> dict[str, Any]:
        return {"TableName": self._table, **row, **expressions.conditional(condition, known)}
