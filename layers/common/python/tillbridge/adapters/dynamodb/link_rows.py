"""Conditional writes to the items of links; `links` says what they mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from tillbridge.adapters.dynamodb import expressions, keys, statements
from tillbridge.adapters.dynamodb.attributes import new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.statements import Condition, Refused
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link import IMPORTING, Link

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ABSENT = "attribute_not_exists(#pk)"
_ABSENT_OR_MINE = f"{ABSENT} OR #product = :product"
_MINE_OR_RESERVED = f"{_ABSENT_OR_MINE} OR #product = :importing"

type Write = dict[str, Any]
"""One write of a transaction."""


class LinkRows:
    """Each write raises ConditionFailed or TransactionCancelled when its condition does not hold,
    and RetryLater when DynamoDB cannot be reached."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def put(
        self, store: StoreId, values: Mapping[str, Any], condition: str, known: Mapping[str, Any]
    ) -> None:
        """Write a whole link; `known` holds the values that the condition names."""
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
        """Write some attributes of a link, and delete those that are None."""
        sets, removes = expressions.written(values)
        with our_errors():
            self._client.update_item(
                TableName=self._table,
                Key=keys.key(store, keys.link(product)),
                **expressions.update(sets, {**values, **(known or {})}, condition, removes),
            )

    def update_all(
        self,
        store: StoreId,
        changes: Iterable[tuple[Link, Mapping[str, Any], Sequence[Condition]]],
    ) -> list[Refused | None]:
        """Write some attributes of links, each under its own conditions, and return what refused
        them; values that are None are deleted. Raise no ConditionFailed."""
        return statements.run(
            self._client,
            [
                statements.update(
                    self._table, keys.key(store, keys.link(link.product)), values, conditions
                )
                for link, values, conditions in changes
            ],
        )

    def one(self, write: Write) -> None:
        """Do one write outside a transaction."""
        with our_errors():
            if "Put" in write:
                self._client.put_item(**write["Put"])
            else:
                self._client.delete_item(**write["Delete"])

    def transact(self, writes: Sequence[Write]) -> None:
        """Do all of the writes, or none."""
        with our_errors():
            self._client.transact_write_items(TransactItems=cast(Any, writes))

    def link(
        self, store: StoreId, values: Mapping[str, Any], condition: str, known: Mapping[str, Any]
    ) -> Write:
        """Return the write of a whole link."""
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
        """Return the write of a reverse row, which fails when another product holds the BigCommerce
        product. With `reserved`, a reservation for an import may stand there."""
        values = {"product": product, "id": number}
        item = new_item(keys.key(store, keys.holder(number)), values)
        condition = _MINE_OR_RESERVED if reserved else _ABSENT_OR_MINE
        known = {**values, "importing": IMPORTING}
        return {"Put": self._conditional({"Item": item}, condition, known)}

    def no_link(
        self, store: StoreId, product: PosProductId, number: StoreProductId | None
    ) -> Write:
        """Return the deletion of a link, which fails when it names another BigCommerce product."""
        row = {"Key": keys.key(store, keys.link(product))}
        if number is None:
            return {"Delete": self._conditional(row, "attribute_not_exists(#id)", {})}
        condition = f"{ABSENT} OR #id = :id"
        return {"Delete": self._conditional(row, condition, {"id": number})}

    def no_holder(self, store: StoreId, product: PosProductId, number: StoreProductId) -> Write:
        """Return the deletion of a reverse row, which fails when another product holds it."""
        row = {"Key": keys.key(store, keys.holder(number))}
        return {"Delete": self._conditional(row, _ABSENT_OR_MINE, {"product": product})}

    def _conditional(
        self, row: dict[str, Any], condition: str, known: Mapping[str, Any]
    ) -> dict[str, Any]:
        return {"TableName": self._table, **row, **expressions.conditional(condition, known)}
