"""What exact plans found, in the table of stores."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, new_item
from tillbridge.adapters.dynamodb.errors import (
    ConditionFailed,
    TransactionCancelled,
    busy_words,
    our_errors,
)
from tillbridge.adapters.dynamodb.exact_items import (
    MOST_BYTES,
    packed,
    packed_guard,
    packed_products,
    unpacked,
    unpacked_guard,
    unpacked_products,
)
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.exact_plan import A_PAGE, Exact, ExactProduct, ExactState, Guard
from tillbridge.domain.ids import StoreId
from tillbridge.domain.request_plan import KEPT_MS
from tillbridge.ports.clock import Clock
from tillbridge.ports.exact_plans import ExactPlans

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


_NOT_READY = "attribute_not_exists(#pk) OR #state <> :ready"


class DynamoExactPlans(ExactPlans):
    """The comparison is one item that is written after each page; a page is as many as it needs, and what pushes
    ask is one more."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    @override
    def get(self, store: StoreId, plan: str) -> Exact | None:
        values = self._read(store, [keys.exact(plan)]).get(keys.exact(plan))
        return unpacked(bytes(values["exact"])) if values else None

    @override
    def save(self, store: StoreId, exact: Exact, guard: Guard | None = None) -> bool:
        values = {"exact": packed(exact), "state": exact.state.value}
        put: Any = {
            "TableName": self._table,
            "Item": self._item(store, keys.exact(exact.plan), values),
            **expressions.conditional(_NOT_READY, {"ready": ExactState.READY.value}),
        }
        try:
            with our_errors():
                if guard is None:
                    self._client.put_item(**put)
                else:
                    self._put_both(store, exact.plan, put, guard)
        except ConditionFailed:
            return False
        except TransactionCancelled as lost:
            if not lost.refused:  # the other who compares writes just now
                raise RetryLater(busy_words()) from lost
            return False
        return True

    def _put_both(self, store: StoreId, plan: str, put: Any, guard: Guard) -> None:
        item = self._item(store, keys.exact_guard(plan), {"guard": packed_guard(guard)})
        beside: Any = {"TableName": self._table, "Item": item}
        self._client.transact_write_items(TransactItems=[{"Put": put}, {"Put": beside}])

    @override
    def add_page(
        self, store: StoreId, plan: str, page: int, products: Sequence[ExactProduct]
    ) -> None:
        kept = packed_products(products)
        pieces = [kept[begin : begin + MOST_BYTES] for begin in range(0, len(kept), MOST_BYTES)]
        items = [
            self._item(
                store,
                f"{keys.exact_page(plan, page)}{place:02d}",
                {"piece": piece, "pieces": len(pieces)},
            )
            for place, piece in enumerate(pieces)
        ]
        bulk.write_all(self._client, self._table, items)

    @override
    def page(self, store: StoreId, plan: str, page: int) -> Sequence[ExactProduct]:
        rows = list(
            map(
                from_item,
                bulk.query_all(
                    self._client,
                    TableName=self._table,
                    KeyConditionExpression="pk = :pk AND begins_with(sk, :page)",
                    ExpressionAttributeValues={
                        ":pk": {"S": store},
                        ":page": {"S": keys.exact_page(plan, page)},
                    },
                ),
            )
        )
        if not rows or self._is_over(rows[0]):
            return ()
        # A page that was written again may have fewer pieces than the first time.
        pieces = [bytes(row["piece"]) for row in rows[: rows[0]["pieces"]]]
        return unpacked_products(b"".join(pieces))

    @override
    def products(self, store: StoreId, exact: Exact) -> Iterator[ExactProduct]:
        for page in range(-(-exact.done // A_PAGE)):
            yield from self.page(store, exact.plan, page)

    @override
    def guards(self, store: StoreId, plans: Sequence[str]) -> Mapping[str, Guard]:
        found = self._read(store, [keys.exact_guard(plan) for plan in plans])
        return {
            plan: unpacked_guard(bytes(found[keys.exact_guard(plan)]["guard"]))
            for plan in plans
            if keys.exact_guard(plan) in found
        }

    def _read(self, store: StoreId, sort_keys: Sequence[str]) -> Mapping[str, dict[str, Any]]:
        asked = [keys.key(store, each) for each in sort_keys]
        rows = map(from_item, bulk.read_all(self._client, self._table, asked))
        return {row["sk"]: row for row in rows if not self._is_over(row)}

    def _item(self, store: StoreId, sort_key: str, values: Mapping[str, Any]) -> Item:
        expires = {"expires_at": (self._clock.now_ms() + KEPT_MS) // 1_000}
        return new_item(keys.key(store, sort_key), {**values, **expires})

    def _is_over(self, row: Mapping[str, Any]) -> bool:
        # DynamoDB deletes late: a row whose time is over counts as gone.
        return bool(row["expires_at"] * 1_000 <= self._clock.now_ms())
