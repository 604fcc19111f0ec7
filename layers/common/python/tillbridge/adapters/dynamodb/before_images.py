"""Products as they were before pushes that people asked for, in the table of stores."""

import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, is_newer, new_item
from tillbridge.adapters.dynamodb.before_items import packed, unpacked
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.replaced import KEPT_SECONDS
from tillbridge.domain.before_push import Before, tried_again
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.ports.before_images import BeforeImages, KeptBefore
from tillbridge.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

log = logging.getLogger(__name__)


class DynamoBeforeImages(BeforeImages):
    """One compressed item per job and product. A store has one writer, so what is kept is read, and then written."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    @override
    def keep(self, store: StoreId, job: str, befores: Mapping[PosProductId, Before]) -> None:
        if not befores:
            return
        there = list(self._read(store, job, list(befores)))
        known = {each.product: each for each in self._kept(there)}
        newer = {item["product"]["S"] for item in there if is_newer(item)}
        expires = self._clock.now_ms() // 1_000 + KEPT_SECONDS
        items: list[Item] = []
        for product, before in befores.items():
            if product in newer:
                continue  # the release that saved it saw the product first
            first = known.get(product)
            now = before if first is None else tried_again(first.before, before)
            if first is None or now != first.before:
                values = {"before": packed(now), "product": product, "expires_at": expires}
                items.append(new_item(keys.key(store, keys.before(job, product)), values))
        bulk.write_all(self._client, self._table, items)

    @override
    def of(
        self, store: StoreId, job: str, products: Sequence[PosProductId]
    ) -> Mapping[PosProductId, KeptBefore]:
        found = self._kept(self._read(store, job, products))
        return {each.product: each for each in found}

    def _read(self, store: StoreId, job: str, products: Sequence[PosProductId]) -> Iterator[Item]:
        asked = [keys.key(store, keys.before(job, product)) for product in products]
        return bulk.read_all(self._client, self._table, asked)

    @override
    def of_job(self, store: StoreId, job: str) -> Iterator[KeptBefore]:
        yield from self._kept(self._items(store, job))

    @override
    def until(self, store: StoreId, job: str) -> int:
        with our_errors():
            answer = self._client.query(**self._query(store, job), Limit=1)
        return max((each.until_ms for each in self._kept(answer["Items"])), default=0)

    def _items(self, store: StoreId, job: str) -> Iterator[Item]:
        return bulk.query_all(self._client, **self._query(store, job))

    def _query(self, store: StoreId, job: str) -> dict[str, Any]:
        return {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :job)",
            "ExpressionAttributeValues": {":pk": {"S": store}, ":job": {"S": keys.befores(job)}},
        }

    def _kept(self, items: Iterable[Item]) -> Iterator[KeptBefore]:
        now = self._clock.now_ms()
        for item in items:
            until_ms = int(item["expires_at"]["N"]) * 1_000
            # DynamoDB deletes late: a row whose time is over counts as gone.
            if until_ms <= now:
                continue
            try:
                before = unpacked(item)
            except (ValueError, KeyError, TypeError, zlib.error):
                log.exception("what a push replaced cannot be read", extra={"key": item["sk"]["S"]})
                continue
            yield KeptBefore(PosProductId(item["product"]["S"]), before, until_ms)
