"""People's requests about links in DynamoDB, among what is remembered of a store."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.store_items import KEPT_SECONDS
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.link_asks import AskKind, LinkAnswer, LinkAsk
from tillbridge.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoLinkAsks:
    """Every method may raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def put(self, ask: LinkAsk) -> None:
        """Keeps a request until it is answered."""
        if self.answers(ask.store, ask.id) is not None:
            return
        values = {
            "id": ask.id,
            "kind": ask.kind.value,
            "products": [list(pair) for pair in ask.products],
            "asked_ms": ask.asked_ms,
        }
        with our_errors():
            self._client.put_item(TableName=self._table, Item=new_item(_row(ask), values))

    def waiting(self, store: StoreId) -> Sequence[LinkAsk]:
        """Requests without an answer, oldest first."""
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :ask)",
            ExpressionAttributeValues={":pk": {"S": store}, ":ask": {"S": keys.ASK}},
        )
        return [_ask(store, from_item(item)) for item in items]

    def answer(self, ask: LinkAsk, answers: Sequence[LinkAnswer]) -> None:
        """Keeps the answers; the request no longer waits."""
        values: dict[str, Any] = {
            "answers": [[a.product, a.web, a.done, a.words] for a in answers],
            "expires_at": self._clock.now_ms() // 1_000 + KEPT_SECONDS,
        }
        row = new_item(keys.key(ask.store, keys.ANSWER + ask.id), values)
        with our_errors():
            self._client.transact_write_items(
                TransactItems=[
                    {"Put": {"TableName": self._table, "Item": row}},
                    {"Delete": {"TableName": self._table, "Key": _row(ask)}},
                ]
            )

    def answers(self, store: StoreId, request: str) -> list[LinkAnswer] | None:
        """The answers to a request; None while it waits."""
        with our_errors():
            found = self._client.get_item(
                TableName=self._table,
                Key=keys.key(store, keys.ANSWER + request),
                ConsistentRead=True,
            )
        if "Item" not in found:
            return None
        return [
            LinkAnswer(PosProductId(p), None if w is None else StoreProductId(w), done, words)
            for p, w, done, words in from_item(found["Item"])["answers"]
        ]


def _row(ask: LinkAsk) -> keys.Key:
    return keys.key(ask.store, f"{keys.ASK}{ask.asked_ms:013d}#{ask.id}")


def _ask(store: StoreId, values: dict[str, Any]) -> LinkAsk:
    return LinkAsk(
        id=values["id"],
        store=store,
        kind=AskKind(values["kind"]),
        products=tuple(
            (PosProductId(p), None if w is None else StoreProductId(w))
            for p, w in values["products"]
        ),
        asked_ms=values["asked_ms"],
    )
