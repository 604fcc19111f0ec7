"""Which products failed because another product holds their name or SKU."""

import re
from collections.abc import Iterable, Sequence
from itertools import filterfalse
from typing import TYPE_CHECKING
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item, is_newer, new_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.link import Link
from tillbridge.ports.links import Blocked

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_ONLINE = re.compile(r"#[0-9]{1,18}")


class Blocks:
    """One item per holder and blocked product, in the table of links."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def remember(self, store: StoreId, link: Link) -> None:
        """Write which products block a refused one, where its problem names any."""
        for holder in _holders(link):
            values = {"holder": holder, "product": link.product, "token": uuid4().hex}
            address = keys.key(store, keys.blocked(holder, link.product))
            with our_errors():
                self._client.put_item(TableName=self._table, Item=new_item(address, values))

    def of(self, store: StoreId, holder: str) -> Sequence[Blocked]:
        """Return the products that a holder blocks, by id."""
        # An id may contain '#', so one holder's prefix may match another's items.
        found = self._below(store, keys.blocked(holder))
        return [blocked for blocked in found if blocked.holder == holder]

    def online(self, store: StoreId) -> Sequence[Blocked]:
        """Return the products that a BigCommerce product blocks."""
        found = self._below(store, keys.BLOCKED_ONLINE)
        return [blocked for blocked in found if _ONLINE.fullmatch(blocked.holder)]

    def _below(self, store: StoreId, prefix: str) -> list[Blocked]:
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":pk": {"S": store}, ":prefix": {"S": prefix}},
        )
        return [
            Blocked(item["holder"], PosProductId(item["product"]), item["token"])
            for item in map(from_item, filterfalse(is_newer, items))
        ]

    def forget(self, store: StoreId, blocked: Iterable[Blocked]) -> None:
        """Delete each one, except those that have failed again since they were read."""
        bulk.in_parallel(lambda each: self._forget(store, each), blocked)

    def _forget(self, store: StoreId, blocked: Blocked) -> None:
        try:
            with our_errors():
                self._client.delete_item(
                    TableName=self._table,
                    Key=keys.key(store, keys.blocked(blocked.holder, blocked.product)),
                    **expressions.conditional("#token = :token", {"token": blocked.token}),
                )
        except ConditionFailed:
            return  # the product failed again for the same holder: the new item stays


def _holders(link: Link) -> list[str]:
    if link.problem is None:
        return []
    record = f"#{link.problem.holder}" if link.problem.holder is not None else ""
    return [holder for holder in (link.problem.blocked_by, record) if holder]
