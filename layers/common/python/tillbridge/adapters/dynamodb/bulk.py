"""Many rows at once: in parallel, or in DynamoDB's batches until every row is done."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from typing import TYPE_CHECKING, Any

from tillbridge.adapters.dynamodb.attributes import Item
from tillbridge.adapters.dynamodb.errors import busy_words, our_errors
from tillbridge.adapters.dynamodb.keys import Key
from tillbridge.domain.errors import RetryLater

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

THREADS = 8
READ_BATCH = 100
WRITE_BATCH = 25
_ROUNDS = 8


def in_parallel[T, R](work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Call `work` for each item, eight at a time, and return the results in order. Every call runs
    to its end; then the first error is raised."""
    todo = list(items)
    if len(todo) < 2:
        return [work(item) for item in todo]
    with ThreadPoolExecutor(min(THREADS, len(todo))) as pool:
        futures = [pool.submit(work, item) for item in todo]
    return [future.result() for future in futures]


def read_all(
    client: "DynamoDBClient", table: str, keys: Iterable[Key], only: Sequence[str] = ()
) -> Iterator[Item]:
    """Yield the rows that exist, in no order, strongly consistent; `only` these attributes of them,
    where it names any. Raise RetryLater."""
    distinct = {(key["pk"]["S"], key["sk"]["S"]): key for key in keys}
    part: dict[str, Any] = {"ProjectionExpression": ", ".join(only)} if only else {}
    for some in batched(distinct.values(), READ_BATCH, strict=False):
        left: dict[str, Any] = {table: {"Keys": list(some), "ConsistentRead": True, **part}}
        for _ in rounds():
            with our_errors():
                answer = client.batch_get_item(RequestItems=left)
            yield from answer["Responses"].get(table, [])
            left = dict(answer.get("UnprocessedKeys", {}))
            if not left:
                break
        else:
            raise RetryLater(busy_words())


def read_tables(
    client: "DynamoDBClient", asked: Mapping[str, Sequence[Key]]
) -> Mapping[str, Sequence[Item]]:
    """Return the rows that exist of these keys, 100 at most, by table, strongly consistent. Raise RetryLater."""
    found: dict[str, list[Item]] = {table: [] for table in asked}
    left: dict[str, Any] = {
        table: {"Keys": list(keys), "ConsistentRead": True} for table, keys in asked.items()
    }
    for _ in rounds():
        with our_errors():
            answer = client.batch_get_item(RequestItems=left)
        for table, items in answer["Responses"].items():
            found[table] += items
        left = dict(answer.get("UnprocessedKeys", {}))
        if not left:
            return found
    raise RetryLater(busy_words())


def write_all(client: "DynamoDBClient", table: str, items: Iterable[Item]) -> None:
    """Write rows, replacing what is there; of two with the same key the last wins. Raise
    RetryLater."""
    distinct = {(item["pk"]["S"], item["sk"]["S"]): item for item in items}
    _send(client, table, [{"PutRequest": {"Item": item}} for item in distinct.values()])


def delete_all(client: "DynamoDBClient", table: str, keys: Iterable[Key]) -> None:
    """Delete rows; one that is gone is success. Raise RetryLater."""
    distinct = {(key["pk"]["S"], key["sk"]["S"]): key for key in keys}
    _send(client, table, [{"DeleteRequest": {"Key": key}} for key in distinct.values()])


def _send(client: "DynamoDBClient", table: str, writes: Sequence[Any]) -> None:
    for some in batched(writes, WRITE_BATCH, strict=False):
        left: dict[str, Any] = {table: list(some)}
        for _ in rounds():
            with our_errors():
                left = dict(client.batch_write_item(RequestItems=left).get("UnprocessedItems", {}))
            if not left:
                break
        else:
            raise RetryLater(busy_words())


def query_all(client: "DynamoDBClient", **arguments: Any) -> Iterator[Item]:
    """Yield every row that a query finds, strongly consistent. Raise RetryLater."""
    with our_errors():
        for page in client.get_paginator("query").paginate(ConsistentRead=True, **arguments):
            yield from page["Items"]


def rounds() -> Iterator[int]:
    """Yield the numbers of the attempts to send again what DynamoDB throttled, after longer and longer
    waits."""
    for number in range(_ROUNDS):
        if number:
            time.sleep(0.05 * 2 ** (number - 1))  # it asks for an increasing wait before a retry
        yield number
