"""Reconcile in the table of stores: runs, findings, accepted drift and cursors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item, is_newer, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.run_items import (
    accepted_in,
    accepted_values,
    cursors_of,
    finding_of,
    findings_values,
    run_of,
    run_values,
)
from tillbridge.adapters.dynamodb.store_list import note_in_list
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.findings import Finding
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Cursors, Run, ended_run
from tillbridge.ports.runs import Place, Runs

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoRuns(Runs):
    """A run is one item; items sort by when the run began. Every method may raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def find(self, store: StoreId, run: str) -> Run | None:
        values = self._get(store, f"{keys.RUN}{run}")
        return run_of(values) if values else None

    @override
    def under_way(self, store: StoreId) -> Run | None:
        # No run begins before this one has ended, so it is the newest.
        newest = [run_of(from_item(item)) for item in self._newest(store, 1)]
        return next((run for run in newest if not run.ended), None)

    @override
    def save(self, store: StoreId, run: Run) -> None:
        self._put(store, f"{keys.RUN}{run.id}", run_values(run))

    @override
    def note_begun(self, store: StoreId, at_ms: int) -> None:
        sets = expressions.keep(["compared_ms"])
        note_in_list(self._client, self._table, store, sets, {"compared_ms": at_ms})

    @override
    def note_ended(self, store: StoreId, run: Run) -> None:
        told = asdict(ended_run(run))
        values = {"compared_ms": run.ended_ms, "last_run": told}
        values |= {"last_full": told} if run.full else {}
        note_in_list(self._client, self._table, store, expressions.put(values), values)

    @override
    def add_page(self, store: StoreId, run: str, page: int, findings: Sequence[Finding]) -> None:
        started_ms = int(run.split("-", maxsplit=1)[0])
        prefix = keys.found(run, page)
        items = [
            new_item(keys.key(store, f"{prefix}#{place:04d}"), part)
            for place, part in enumerate(findings_values(findings, started_ms))
        ]
        bulk.write_all(self._client, self._table, items)

    @override
    def page(self, store: StoreId, run: str, page: int) -> Sequence[Finding]:
        rows = list(self._query(store, f"{keys.found(run, page)}#"))
        # A page that was written again after a kill may have fewer parts than the first time.
        there = rows[: rows[0]["parts"]] if rows else []
        return [finding_of(values) for row in there for values in row["findings"]]

    @override
    def findings(self, store: StoreId, run: Run) -> Iterator[Finding]:
        for page in range(run.pages):
            yield from self.page(store, run.repairs or run.id, page)

    @override
    def recent(self, store: StoreId, limit: int) -> Sequence[Run]:
        items = self._newest(store, limit)
        return [run_of(from_item(item)) for item in items if not is_newer(item)]

    def _newest(self, store: StoreId, limit: int) -> Sequence[Item]:
        with our_errors():
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk AND begins_with(sk, :run)",
                ExpressionAttributeValues={":pk": {"S": store}, ":run": {"S": keys.RUN}},
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit,
            )
        return answer["Items"]

    @override
    def cursors(self, store: StoreId) -> Cursors:
        values = self._get(store, keys.CURSORS)
        return cursors_of(values) if values else Cursors()

    @override
    def save_cursors(self, store: StoreId, cursors: Cursors) -> None:
        self._put(store, keys.CURSORS, asdict(cursors))

    @override
    def accepted(self, store: StoreId, now_ms: int = 0) -> Mapping[Place, str]:
        return {
            (row["product"], place): each.digest
            for row in self._query(store, keys.ACCEPTED)
            for place, each in accepted_in(row).items()
            if each.holds(now_ms)
        }

    @override
    def accepted_of(self, store: StoreId, product: str) -> Mapping[str, Accepted]:
        known = accepted_in(self._get(store, keys.accepted(product)) or {})
        return {place: each for place, each in known.items() if each.by or each.at_ms}

    @override
    def accept(self, store: StoreId, product: str, said: Mapping[str, Accepted]) -> None:
        sk = keys.accepted(product)
        known = accepted_in(self._get(store, sk) or {})
        self._put(store, sk, accepted_values(product, {**known, **said}))

    @override
    def forget(self, store: StoreId, product: str, places: Sequence[str]) -> None:
        sk = keys.accepted(product)
        known = accepted_in(self._get(store, sk) or {})
        left = {place: each for place, each in known.items() if place not in places}
        if left != known:
            self._put(store, sk, accepted_values(product, left))

    def _get(self, store: StoreId, sk: str) -> dict[str, Any] | None:
        with our_errors():
            answer = self._client.get_item(
                TableName=self._table, Key=keys.key(store, sk), ConsistentRead=True
            )
        return from_item(answer["Item"]) if "Item" in answer else None

    def _put(self, store: StoreId, sk: str, values: Mapping[str, Any]) -> None:
        with our_errors():
            item = new_item(keys.key(store, sk), values)
            self._client.put_item(TableName=self._table, Item=item)

    def _query(self, store: StoreId, prefix: str) -> Iterator[dict[str, Any]]:
        items = bulk.query_all(
            self._client,
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":pk": {"S": store}, ":prefix": {"S": prefix}},
        )
        return map(from_item, items)
