"""Imports in DynamoDB: intents in the table of counters, outcomes in the table of stores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import (
    ConditionFailed,
    our_errors,
)
from tillbridge.adapters.dynamodb.store_items import KEPT_SECONDS
from tillbridge.domain.ids import StoreId, StoreProductId
from tillbridge.ports.clock import Clock
from tillbridge.ports.imports import Imports, Outcome
from tillbridge.ports.jobs import Imported

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PAGE = "page#"
_PRODUCT = "product#"


class DynamoImports(Imports):
    """Every method may raise RetryLater."""

    def __init__(
        self, client: "DynamoDBClient", counters_table: str, stores_table: str, clock: Clock
    ) -> None:
        self._client = client
        self._counters = counters_table
        self._stores = stores_table
        self._clock = clock

    @override
    def intents(
        self, store: StoreId, products: Sequence[StoreProductId]
    ) -> Mapping[StoreProductId, tuple[str, ...]]:
        asked = [self._intent(store, product) for product in products]
        rows = map(from_item, bulk.read_all(self._client, self._counters, asked))
        return {StoreProductId(int(row["sk"])): tuple(row["skus"]) for row in rows}

    @override
    def begin(
        self, store: StoreId, product: StoreProductId, skus: Sequence[str]
    ) -> tuple[str, ...]:
        item = new_item(self._intent(store, product), {"skus": list(skus)})
        try:
            with our_errors():
                self._client.put_item(
                    TableName=self._counters,
                    Item=item,
                    ConditionExpression="attribute_not_exists(pk)",
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ConditionFailed as refusal:
            return tuple(from_item(refusal.item or item)["skus"])
        return tuple(skus)

    @override
    def change_skus(self, store: StoreId, product: StoreProductId, skus: Sequence[str]) -> None:
        item = new_item(self._intent(store, product), {"skus": list(skus)})
        with our_errors():
            self._client.put_item(TableName=self._counters, Item=item)

    @override
    def end(self, store: StoreId, product: StoreProductId) -> None:
        with our_errors():
            self._client.delete_item(TableName=self._counters, Key=self._intent(store, product))

    @override
    def report(self, store: StoreId, request: str, outcomes: Iterable[Outcome]) -> None:
        bulk.in_parallel(lambda outcome: self._report(store, request, outcome), outcomes)

    @override
    def planned(self, store: StoreId, request: str, after: int, found: int, *, more: bool) -> None:
        self._put_new(
            store, request, f"{_PAGE}{keys.numbered(after)}", {"found": found, "more": more}
        )

    def outcomes(self, store: StoreId, request: str) -> list[Outcome]:
        """Return the outcomes that a request has so far."""
        return [_outcome(row) for row in self._rows(store, request, _PRODUCT)]

    def pages(self, store: StoreId, request: str) -> list[tuple[int, bool]]:
        """Return, for each page split so far, the products found and whether more pages follow."""
        rows = self._rows(store, request, _PAGE)
        return [(int(row["found"]), bool(row["more"])) for row in rows]

    def _report(self, store: StoreId, request: str, outcome: Outcome) -> None:
        values = {**asdict(outcome), "held": list(outcome.held)}
        self._put_new(store, request, f"{_PRODUCT}{keys.numbered(outcome.web)}", values)

    def _put_new(self, store: StoreId, request: str, sk: str, values: dict[str, Any]) -> None:
        try:
            with our_errors():
                self._client.put_item(**self._new(store, request, sk, values))
        except ConditionFailed:
            return  # a repeated message: the first row stays

    def _new(self, store: StoreId, request: str, sk: str, values: dict[str, Any]) -> Any:
        row = keys.key(keys.import_outcomes(store, request), sk)
        return {
            "TableName": self._stores,
            "Item": new_item(row, {**values, "expires_at": self._expires()}),
            "ConditionExpression": "attribute_not_exists(pk)",
        }

    def _expires(self) -> int:
        return self._clock.now_ms() // 1_000 + KEPT_SECONDS

    def _rows(self, store: StoreId, request: str, prefix: str) -> list[dict[str, Any]]:
        items = bulk.query_all(
            self._client,
            TableName=self._stores,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={
                ":pk": {"S": keys.import_outcomes(store, request)},
                ":prefix": {"S": prefix},
            },
        )
        return [from_item(item) for item in items]

    def _intent(self, store: StoreId, product: StoreProductId) -> keys.Key:
        return keys.key(keys.import_intents(store), keys.numbered(product))


def imported_rows(client: "DynamoDBClient", table: str, store: StoreId, request: str) -> Imported:
    """Return how far an import is, in one query. Raise RetryLater."""
    items = bulk.query_all(
        client,
        TableName=table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": keys.import_outcomes(store, request)}},
    )
    rows = [from_item(item) for item in items]
    pages = [row for row in rows if row["sk"].startswith(_PAGE)]
    return Imported(
        found=sum(int(page["found"]) for page in pages),
        all_found=any(not page["more"] for page in pages),
        outcomes=tuple(_outcome(row) for row in rows if row["sk"].startswith(_PRODUCT)),
    )


def _outcome(row: Mapping[str, Any]) -> Outcome:
    return Outcome(
        web=StoreProductId(row["web"]),
        kind=row["kind"],
        words=row["words"],
        product=row["product"],
        name=row["name"],
        held=tuple(row["held"]),
    )
