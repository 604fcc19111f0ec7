"""The book of web orders in DynamoDB: an item for each order, and another while it is open."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, override
from uuid import uuid4

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.errors import (
    NewerInTransaction,
    TransactionCancelled,
    busy_words,
    our_errors,
)
from tillbridge.adapters.dynamodb.order_items import (
    UnreadableRow,
    entry_item,
    kept_of,
    open_item,
    open_of,
)
from tillbridge.domain.attention_words import AttentionCode
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import Rev, StoreId, WebOrderId
from tillbridge.domain.problems import attention_for
from tillbridge.domain.web_orders.accounts import LineAccount
from tillbridge.ports.clock import Clock
from tillbridge.ports.order_book import Kept, NewEntry, OpenOrder, OrderBook

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ORDERS_AT_ONCE = 50
"""Two items an order, and a transaction takes 100."""

_MOST_BYTES = 2_800_000
"""DynamoDB takes 4 MB a transaction. Whether that is counted before or after base64, which makes four bytes
of three, is not documented."""

_REST = 1_000
"""What an item has at most beside what is packed in it."""

_NEW = "attribute_not_exists(#pk)"
_SAME = "#rev = :was"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Writes:
    """The two writes of an order, of which either both take effect or none, and their bytes."""

    order: WebOrderId
    entry: dict[str, Any]
    open: dict[str, Any]
    size: int


class DynamoOrderBook(OrderBook):
    """Both items of an order are written in one transaction, so only one of them needs the
    condition."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    @override
    def of(self, store: StoreId) -> Sequence[LineAccount]:
        return [account for order in self.open(store) for account in order.accounts]

    @override
    def kept(self, store: StoreId, orders: Collection[WebOrderId]) -> Mapping[WebOrderId, Kept]:
        asked = [keys.web_order(store, order) for order in orders]
        found = _read(kept_of, bulk.read_all(self._client, self._table, asked))
        return {kept.entry.order.id: kept for kept in found}

    @override
    def open(self, store: StoreId) -> Sequence[OpenOrder]:
        query = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.open_orders(store)}},
        }
        rows = list(bulk.query_all(self._client, **query))
        found = list(_read(open_of, rows))
        if odd := sorted({keys.web_order_of(row) for row in rows} - {each.order for each in found}):
            # Left out, its units would be sold again.
            raise attention_for(AttentionCode.ORDER_UNREADABLE, order=odd[0])
        return found

    @override
    def write(self, store: StoreId, entries: Iterable[NewEntry]) -> Collection[WebOrderId]:
        refused: list[WebOrderId] = []
        todo: dict[WebOrderId, _Writes] = {}
        for before, entry in entries:
            if entry.order.id in todo:
                # A transaction takes one write of an item.
                refused.append(entry.order.id)
            elif writes := self._writes(store, before, Kept(entry, Rev(uuid4().hex))):
                todo[entry.order.id] = writes
        for some in _transactions(todo.values()):
            refused += self._transact(some)
        unreadable = self._unreadable(store, refused) if refused else set()
        return [order for order in refused if order not in unreadable]

    def _unreadable(self, store: StoreId, orders: Iterable[WebOrderId]) -> set[WebOrderId]:
        """Return those of these orders of which something is kept that cannot be read."""
        asked = [keys.web_order(store, order) for order in orders]
        rows = list(bulk.read_all(self._client, self._table, asked))
        readable = {kept.entry.order.id for kept in _read(kept_of, rows)}
        return {keys.web_order_of(row) for row in rows} - readable

    def _writes(self, store: StoreId, before: Kept | None, kept: Kept) -> _Writes | None:
        order = kept.entry.order.id
        try:
            row = entry_item(store, kept, self._clock.now_ms())
            opened = None if kept.entry.settled else open_item(store, kept.entry)
        except ValueError:
            log.exception("a web order cannot be kept", extra={"store_id": store, "order": order})
            return None
        condition, known = (_SAME, {"was": before.rev}) if before else (_NEW, {})
        put = {"TableName": self._table, "Item": row}
        gone = {"TableName": self._table, "Key": keys.open_order(store, order)}
        return _Writes(
            order,
            {"Put": {**put, **expressions.conditional(condition, known)}},
            {"Put": {"TableName": self._table, "Item": opened}} if opened else {"Delete": gone},
            _size(row) + _size(opened or {}),
        )

    def _transact(self, some: Sequence[_Writes]) -> list[WebOrderId]:
        """Write orders, all at once, and return those that were refused: without them the others are
        written again. Raise RetryLater when another transaction writes the same rows for too long."""
        refused: list[WebOrderId] = []
        left = list(some)
        for _ in bulk.rounds():
            writes: list[Any] = [part for each in left for part in (each.entry, each.open)]
            try:
                with our_errors():
                    self._client.transact_write_items(TransactItems=writes)
            except (TransactionCancelled, NewerInTransaction) as stop:
                gone = {place // 2 for place in stop.refused}
                refused += [each.order for place, each in enumerate(left) if place in gone]
                left = [each for place, each in enumerate(left) if place not in gone]
            else:
                left = []
            if not left:
                return refused
        raise RetryLater(busy_words())


def _transactions(writes: Iterable[_Writes]) -> Iterator[list[_Writes]]:
    """Yield orders by the transaction: as many as one takes, and no more bytes."""
    some: list[_Writes] = []
    for each in writes:
        full = sum(one.size for one in some) + each.size > _MOST_BYTES
        if some and (full or len(some) == ORDERS_AT_ONCE):
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def _read[T](read: Callable[[Item], T], rows: Iterable[Item]) -> Iterator[T]:
    """Yield what the rows say; log those that cannot be read."""
    for row in rows:
        try:
            yield read(row)
        except UnreadableRow:
            where = {"store_id": keys.store_of(row["pk"]["S"]), "order": row["sk"]["S"]}
            log.exception("what is kept of a web order cannot be read", extra=where)


def _size(item: Item) -> int:
    return sum(len(value.get("B", b"")) for value in item.values()) + _REST
