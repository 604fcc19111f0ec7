"""Reconcile in the table of stores: runs, findings, accepted drift and cursors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import from_item, new_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.adapters.dynamodb.run_items import (
    cursors_of,
    finding_of,
    findings_values,
    run_of,
    run_values,
)
from tillbridge.domain.findings import Finding
from tillbridge.domain.ids import StoreId
from tillbridge.domain.run import Cursors, Run
from tillbridge.ports.runs import Place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoRuns:
    """A run is one item; items sort by when the run began. Every method may raise RetryLater."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, store: StoreId, run: str) -> Run | None:
        """Return a run by its id, or None."""
        values = self._get(store, f"{keys.RUN}{run}")
        return run_of(values) if values else None

    def under_way(self, store: StoreId) -> Run | None:
        """Return the run that has not ended, or None. No run begins before it ends, so it is the
        newest."""
        return next((run for run in self.recent(store, 1) if not run.ended), None)

    def save(self, store: StoreId, run: Run) -> None:
        """Write a whole run."""
        self._put(store, f"{keys.RUN}{run.id}", run_values(run))

    def add_page(self, store: StoreId, run: str, page: int, findings: Sequence[Finding]) -> None:
        """Keep a page of findings, in several items where one is too small."""
        started_ms = int(run.split("-", maxsplit=1)[0])
        prefix = keys.found(run, page)
        items = [
            new_item(keys.key(store, f"{prefix}#{place:04d}"), part)
            for place, part in enumerate(findings_values(findings, started_ms))
        ]
        bulk.write_all(self._client, self._table, items)

    def page(self, store: StoreId, run: str, page: int) -> Sequence[Finding]:
        """Return a page of findings."""
        rows = list(self._query(store, f"{keys.found(run, page)}#"))
        # A page that was written again after a kill may have fewer parts than the first time.
        there = rows[: rows[0]["parts"]] if rows else []
        return [finding_of(values) for row in there for values in row["findings"]]

    def findings(self, store: StoreId, run: Run) -> Iterator[Finding]:
        """Yield every finding of a run."""
        for page in range(run.pages):
            yield from self.page(store, run.repairs or run.id, page)

    def recent(self, store: StoreId, limit: int) -> Sequence[Run]:
        """Return up to `limit` runs, newest first."""
        with our_errors():
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk AND begins_with(sk, :run)",
                ExpressionAttributeValues={":pk": {"S": store}, ":run": {"S": keys.RUN}},
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit,
            )
        return [run_of(from_item(item)) for item in answer["Items"]]

    def cursors(self, store: StoreId) -> Cursors:
        """Return where the next incremental run begins."""
        values = self._get(store, keys.CURSORS)
        return cursors_of(values) if values else Cursors()

    def save_cursors(self, store: StoreId, cursors: Cursors) -> None:
        """Write where the next incremental run begins."""
        self._put(store, keys.CURSORS, asdict(cursors))

    def accepted(self, store: StoreId) -> Mapping[Place, str]:
        """Return the digests of accepted drift, by place."""
        return {
            (row["product"], place): digest
            for row in self._query(store, keys.ACCEPTED)
            for place, digest in row["places"].items()
        }

    def accept(self, store: StoreId, product: str, digests: Mapping[str, str]) -> None:
        """Accept drift of a product, by place."""
        sk = f"{keys.ACCEPTED}{product}"
        known = self._get(store, sk) or {"places": {}}
        self._put(store, sk, {"product": product, "places": {**known["places"], **digests}})

    def forget(self, store: StoreId, product: str, places: Sequence[str]) -> None:
        """Forget that drift at these places was accepted."""
        sk = f"{keys.ACCEPTED}{product}"
        known = (self._get(store, sk) or {"places": {}})["places"]
        left = {place: digest for place, digest in known.items() if place not in places}
        if left != known:
            self._put(store, sk, {"product": product, "places": left})

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
