"""Link requests in DynamoDB: they wait in the table of pending rows, and their answers are kept in
the table of stores."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import from_item, is_newer, new_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.history import item_of
from tillbridge.adapters.dynamodb.store_items import KEPT_SECONDS
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link_requests import (
    FIRST_PUSH,
    LinkAnswer,
    LinkRequest,
    LinkRequestKind,
    UndoOf,
)
from tillbridge.ports.clock import Clock
from tillbridge.ports.link_requests import LinkRequests

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

MOST_IN_ORDER = 2_000
"""So many requests of a store are answered in the order of arrival, more of them by their keys."""


class DynamoLinkRequests(LinkRequests):
    """Every method may raise RetryLater."""

    def __init__(
        self,
        client: "DynamoDBClient",
        pending_table: str,
        stores_table: str,
        history_table: str,
        clock: Clock,
    ) -> None:
        self._client = client
        self._pending = pending_table
        self._stores = stores_table
        self._history = history_table
        self._clock = clock

    @override
    def put(self, requests: Iterable[LinkRequest]) -> None:
        bulk.in_parallel(self._put, requests)

    @override
    def waiting(self, store: StoreId, limit: int) -> Sequence[LinkRequest]:
        """Return the requests that wait, and delete those that arrived again after their answer."""
        while found := self._first(store, limit):
            answered = self._answered(found)
            for request in found:
                if request in answered:
                    self._forget(request)
            if left := [request for request in found if request not in answered]:
                return left
        return []

    @override
    def named(self, store: StoreId) -> set[PosProductId]:
        return {request.product for request in self._first(store)}

    @override
    def answer(
        self, request: LinkRequest, answer: LinkAnswer, line: ProductLine | None = None
    ) -> None:
        """Keep the answer, tell of it and delete the waiting request, in one transaction."""
        values: dict[str, Any] = {
            "product": answer.product,
            "web": answer.web,
            "done": answer.done,
            "words": answer.words,
            "expires_at": self._clock.now_ms() // 1_000 + KEPT_SECONDS,
        }
        row = new_item(_answer_key(request), values)
        writes: list[TransactWriteItemTypeDef] = [
            {"Put": {"TableName": self._stores, "Item": row}},
            {"Delete": {"TableName": self._pending, "Key": _key(request)}},
        ]
        if line is not None:
            told = item_of(request.store, line)
            writes.append({"Put": {"TableName": self._history, "Item": told}})
        with our_errors():
            self._client.transact_write_items(TransactItems=writes)

    def answers(self, store: StoreId, request: str) -> list[LinkAnswer]:
        """Return the answers that a person's request has so far, in the order in which it named
        products."""
        items = bulk.query_all(
            self._client,
            TableName=self._stores,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :answer)",
            ExpressionAttributeValues={
                ":pk": {"S": store},
                ":answer": {"S": keys.answers(request)},
            },
        )
        return [_answer(from_item(item)) for item in items]

    def _put(self, request: LinkRequest) -> None:
        values = {
            "request": request.id,
            "place": request.place,
            "kind": request.kind.value,
            "product": request.product,
            "order": request.order,
        }
        if request.web is not None:
            values["web"] = request.web
        if request.undoes != FIRST_PUSH:
            undoes = request.undoes
            values["undoes"] = {
                "job": undoes.job,
                "fields": list(undoes.fields),
                "hides": undoes.hides,
            }
        if request.by:
            values["by"] = request.by
        if request.job:
            values["job_key"] = keys.of_job(request.store, request.job)
        arguments = expressions.update(
            expressions.put(values), values, "attribute_not_exists(#order)"
        )
        try:
            with our_errors():
                self._client.update_item(TableName=self._pending, Key=_key(request), **arguments)
        except ConditionFailed:
            return  # this request waits already

    def _first(self, store: StoreId, limit: int | None = None) -> list[LinkRequest]:
        partition, begins = keys.lane_rows(store, Lane.LINKS)
        items = bulk.query_all(
            self._client,
            TableName=self._pending,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :lane)",
            ExpressionAttributeValues={":pk": {"S": partition}, ":lane": {"S": begins}},
        )
        seen = islice(items, None if limit is None else max(MOST_IN_ORDER, limit))
        # Those of a later release wait for it.
        found = [_request(store, from_item(item)) for item in seen if not is_newer(item)]
        return sorted(found, key=lambda each: (each.order, each.id, each.place))[:limit]

    def _answered(self, requests: Sequence[LinkRequest]) -> set[LinkRequest]:
        by_key = {_answer_key(request)["sk"]["S"]: request for request in requests}
        found = bulk.read_all(self._client, self._stores, map(_answer_key, requests))
        return {by_key[item["sk"]["S"]] for item in found}

    def _forget(self, request: LinkRequest) -> None:
        with our_errors():
            self._client.delete_item(TableName=self._pending, Key=_key(request))


def _key(request: LinkRequest) -> keys.Key:
    return keys.link_request(request.store, request.id, request.place)


def _answer_key(request: LinkRequest) -> keys.Key:
    return keys.key(request.store, keys.answers(request.id) + f"{request.place:03d}")


def _request(store: StoreId, values: dict[str, Any]) -> LinkRequest:
    return LinkRequest(
        id=values["request"],
        place=values["place"],
        store=store,
        kind=LinkRequestKind(values["kind"]),
        product=PosProductId(values["product"]),
        web=_web(values),
        order=values["order"],
        by=values.get("by", ""),
        job=values.get("job_key", "").partition("#")[2],
        undoes=_undoes(values),
    )


def _undoes(values: dict[str, Any]) -> UndoOf:
    kept = values.get("undoes")
    return UndoOf(kept["job"], tuple(kept["fields"]), kept["hides"]) if kept else FIRST_PUSH


def _answer(values: dict[str, Any]) -> LinkAnswer:
    return LinkAnswer(
        PosProductId(values["product"]), _web(values), values["done"], values["words"]
    )


def _web(values: dict[str, Any]) -> StoreProductId | None:
    return StoreProductId(values["web"]) if "web" in values else None
