"""Jobs in the table of stores; what is left of them and what became of them in indexes of two others."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import batched
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, expressions, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.adapters.dynamodb.errors import ConditionFailed, our_errors
from tillbridge.adapters.dynamodb.history import line_of_item
from tillbridge.adapters.dynamodb.imports import imported_rows
from tillbridge.adapters.dynamodb.job_items import job_of, job_values, jobs_of, newest_outcomes
from tillbridge.adapters.dynamodb.removals import is_removed
from tillbridge.adapters.dynamodb.store_items import KEPT_SECONDS, connection_of
from tillbridge.adapters.dynamodb.stores import readable
from tillbridge.adapters.dynamodb.told_trouble import as_told
from tillbridge.domain.connection import Connection
from tillbridge.domain.history.product_line import ProductLine
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.jobs import MOST_NOTED, Job
from tillbridge.domain.lanes import Lane
from tillbridge.ports.jobs import MOST_LEFT, MOST_NAMED, MOST_TOLD, Imported, Jobs, Left, Outcomes

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BY_JOB = "by-job"


class DynamoJobs(Jobs):
    """A job is one item, its id the sort key: ids that begin with their time sort by it."""

    def __init__(
        self,
        client: "DynamoDBClient",
        stores_table: str,
        pending_table: str,
        history_table: str,
    ) -> None:
        self._client = client
        self._stores = stores_table
        self._pending = pending_table
        self._history = history_table

    @override
    def begin(self, job: Job) -> None:
        self._keep(job)

    @override
    def take_in(self, job: Job, offset: int, products: int) -> None:
        noted = {f"{offset}+{products}"} if job.total <= MOST_NOTED else None
        self._keep(job, taken=noted)

    @override
    def note_empty(self, job: Job, at_ms: int) -> None:
        self._set(job, {"empty_ms": at_ms}, "attribute_exists(#pk)")

    @override
    def end(self, job: Job, at_ms: int, *, done: int, failed: int) -> None:
        values = {"ended_ms": at_ms, "done": done, "failed": failed}
        self._set(job, values, "attribute_exists(#pk) AND attribute_not_exists(#ended_ms)")

    @override
    def get(self, store: StoreId, job: str) -> Job | None:
        found = list(bulk.read_all(self._client, self._stores, [_key(store, job)]))
        return job_of(store, from_item(found[0])) if found else None

    @override
    def with_store(self, store: StoreId, job: str) -> tuple[Job | None, Connection | None]:
        of_list = keys.key(keys.CONNECTED, store)
        asked = [_key(store, job), keys.key(store, keys.CONNECTION), of_list]
        rows = bulk.read_all(self._client, self._stores, asked)
        by_key = {(row["pk"]["S"], row["sk"]["S"]): row for row in rows}
        there = by_key.get((store, f"{keys.JOB}{job}"))
        row = by_key.get((store, keys.CONNECTION))
        connected = None if row is None or is_removed(row) else row
        connection = readable(
            store, lambda: connection_of(from_item(connected)) if connected else None
        )
        told = as_told(connection, by_key.get((keys.CONNECTED, store)))
        return job_of(store, from_item(there)) if there else None, told

    @override
    def newest(self, store: StoreId, limit: int, *, after: str = "") -> Sequence[Job]:
        with our_errors():
            answer = self._client.query(
                TableName=self._stores,
                KeyConditionExpression="pk = :pk AND sk BETWEEN :from AND :to",
                ExpressionAttributeValues={
                    ":pk": {"S": store},
                    ":from": {"S": keys.JOB},
                    ":to": {"S": f"{keys.JOB}{after}" if after else keys.BEHIND_JOBS},
                },
                ScanIndexForward=False,
                Limit=limit + 1,
            )
        jobs = jobs_of(store, answer["Items"])
        return [job for job in jobs if job.id != after][:limit]

    @override
    def left(self, store: StoreId, job: str) -> Left:
        first, after = self._page(self._pending, store, job, Limit=MOST_NAMED)
        products = tuple(
            keys.product_of(item["sk"]["S"])
            for item in first
            if keys.lane_of(item["sk"]["S"]) is not Lane.LINKS
        )
        count = len(first)
        while after and count < MOST_LEFT:
            answer = self._query(self._pending, store, job, after, Select="COUNT")
            count += answer["Count"]
            after = answer.get("LastEvaluatedKey")
        return Left(min(count, MOST_LEFT), bool(after) or count > MOST_LEFT, products)

    @override
    def outcomes(self, store: StoreId, job: str) -> Outcomes:
        items, after = self._page(self._history, store, job, Limit=MOST_TOLD)
        while after and len(items) < MOST_TOLD:
            more, after = self._page(self._history, store, job, after)
            items += more
        more_told = bool(after) or len(items) > MOST_TOLD
        return newest_outcomes(store, items[:MOST_TOLD], more=more_told)

    @override
    def words(self, store: StoreId, told: Outcomes, products: Sequence[str]) -> Mapping[str, str]:
        lines = self.lines(store, told, products)
        return {product: line.words for product, line in lines.items()}

    @override
    def lines(
        self, store: StoreId, told: Outcomes, products: Sequence[str]
    ) -> Mapping[str, ProductLine]:
        asked = [
            keys.key(keys.product_history(store, product), told.places[product])
            for product in products
            if product in told.places
        ]
        found: dict[str, ProductLine] = {}
        for some in batched(asked, bulk.READ_BATCH, strict=False):
            for item in bulk.read_all(self._client, self._history, some):
                product = item["pk"]["S"].removeprefix(keys.product_history(store, ""))
                line = line_of_item(item, PosProductId(product))
                if line is not None:
                    found[product] = line
        return found

    @override
    def imported(self, store: StoreId, job: str) -> Imported:
        return imported_rows(self._client, self._stores, store, job)

    def _keep(self, job: Job, taken: set[str] | None = None) -> None:
        values: dict[str, Any] = {
            **job_values(job),
            "expires_at": job.asked_ms // 1_000 + KEPT_SECONDS,
        }
        sets = expressions.keep(values)
        noted = {"taken": taken} if taken else {}
        arguments = expressions.update(sets, {**values, **noted}, adds=noted)
        with our_errors():
            self._client.update_item(
                TableName=self._stores, Key=_key(job.store, job.id), **arguments
            )

    def _set(self, job: Job, values: Mapping[str, Any], condition: str) -> None:
        arguments = expressions.update(expressions.put(values), values, condition)
        with suppress(ConditionFailed), our_errors():
            self._client.update_item(
                TableName=self._stores, Key=_key(job.store, job.id), **arguments
            )

    def _page(
        self, table: str, store: StoreId, job: str, after: Any = None, **arguments: Any
    ) -> tuple[list[Item], Any]:
        answer = self._query(table, store, job, after, **arguments)
        return answer["Items"], answer.get("LastEvaluatedKey")

    def _query(self, table: str, store: StoreId, job: str, after: Any, **arguments: Any) -> Any:
        if after:
            arguments["ExclusiveStartKey"] = after
        with our_errors():
            return self._client.query(
                TableName=table,
                IndexName=BY_JOB,
                KeyConditionExpression="job_key = :job",
                ExpressionAttributeValues={":job": {"S": keys.of_job(store, job)}},
                **arguments,
            )


def _key(store: StoreId, job: str) -> keys.Key:
    return keys.key(store, f"{keys.JOB}{job}")
