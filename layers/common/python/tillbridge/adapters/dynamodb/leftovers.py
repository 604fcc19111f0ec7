"""What the tables have of a removed store, found and deleted.

Partitions that a store's name gives are read alone. Those that a product's or a request's id is part of cannot be
listed, so the two tables that have such are read whole, keys only, and the place is kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.ids import PosAccountKey, StoreId
from tillbridge.domain.lanes import Place
from tillbridge.domain.removal import LeftoverPlace
from tillbridge.domain.view_rows import POS, WEB
from tillbridge.ports.clock import Clock
from tillbridge.ports.removals import Leftovers

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_KEYS = "pk, sk"


@dataclass(frozen=True, slots=True)
class TableNames:
    """The tables that have rows of stores."""

    links: str
    pending: str
    stores: str
    read_model: str
    counters: str
    orders: str
    history: str
    pos_mirror: str = ""
    """Of a deployment that polls a POS."""


class DynamoLeftovers(Leftovers):
    """A row costs one write, and was never read before but by its key."""

    def __init__(self, client: "DynamoDBClient", tables: TableNames, clock: Clock) -> None:
        self._client = client
        self._tables = tables
        self._clock = clock

    @override
    def delete(
        self, store: StoreId, place: LeftoverPlace, until_ms: int
    ) -> tuple[LeftoverPlace, bool]:
        whole = (self._tables.history, self._tables.stores)
        if place is None:
            for table, partition in _partitions(self._tables, store):
                for page in self._queried(table, partition):
                    bulk.delete_all(self._client, table, page)
                    # The next slice begins here again, and comes past what is empty by then.
                    if page and self._clock.now_ms() >= until_ms:
                        return None, False
        begins = next((n for n, table in enumerate(whole) if place and place[0] == table), 0)
        after = place[1:] if place else None
        for table in whole[begins:]:
            for page, last in self._scanned(table, store, after):
                bulk.delete_all(self._client, table, page)
                if last and self._clock.now_ms() >= until_ms:
                    return (table, *last), False
            after = None
        return None, True

    @override
    def delete_mirror(self, account: PosAccountKey, until_ms: int) -> bool:
        if not self._tables.pos_mirror:
            return True
        # First: an account that is connected again meanwhile is read whole, and misses nothing.
        bulk.delete_all(self._client, self._tables.pos_mirror, [keys.mirror_state(account)])
        for page in self._queried(self._tables.pos_mirror, account):
            bulk.delete_all(self._client, self._tables.pos_mirror, page)
            if page and self._clock.now_ms() >= until_ms:
                return False
        return True

    def _queried(self, table: str, partition: str) -> Iterator[Sequence[keys.Key]]:
        asked = {
            "TableName": table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": partition}},
            "ProjectionExpression": _KEYS,
        }
        yield from (page for page, _ in _pages(self._client.query, asked))

    def _scanned(
        self, table: str, store: StoreId, after: tuple[str, str] | None
    ) -> Iterator[tuple[Sequence[keys.Key], tuple[str, str] | None]]:
        asked: dict[str, Any] = {
            "TableName": table,
            "FilterExpression": "pk = :store OR begins_with(pk, :of_store)",
            "ExpressionAttributeValues": {":store": {"S": store}, ":of_store": {"S": f"{store}#"}},
            "ProjectionExpression": _KEYS,
        }
        yield from _pages(self._client.scan, asked, keys.key(*after) if after else None)


def _partitions(tables: TableNames, store: StoreId) -> Iterator[tuple[str, str]]:
    """Yield each partition that the name of a store gives."""
    yield tables.links, store
    for place in Place:
        yield tables.pending, keys.partition_of(store, place)
    for side in (POS, WEB):
        for partition in (
            keys.copy_partition(store, side),
            keys.copy_partition(store, side) + keys.DETAIL,
            keys.terms_partition(store, side),
        ):
            yield tables.read_model, partition
    yield tables.counters, keys.import_intents(store)
    for partition in (store, keys.open_orders(store), keys.oversold(store)):
        yield tables.orders, partition


def _pages(
    ask: Callable[..., Any], asked: dict[str, Any], after: keys.Key | None = None
) -> Iterator[tuple[Sequence[keys.Key], tuple[str, str] | None]]:
    while True:
        goes_on: dict[str, Any] = {"ExclusiveStartKey": after} if after else {}
        with our_errors():
            answer = ask(**asked, **goes_on)
        last: Item = answer.get("LastEvaluatedKey") or {}
        after = {"pk": last["pk"], "sk": last["sk"]} if last else None
        found = [{"pk": item["pk"], "sk": item["sk"]} for item in answer["Items"]]
        yield found, (last["pk"]["S"], last["sk"]["S"]) if last else None
        if not last:
            return
