"""The table of pending rows, read whole in segments."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, override

from tillbridge.adapters.dynamodb import bulk, keys
from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.adapters.dynamodb.errors import our_errors
from tillbridge.domain.backlog import SEGMENTS, ScanPlace, Waiting
from tillbridge.domain.errors import RetryLater
from tillbridge.domain.pending import arrived_ms
from tillbridge.ports.pending_scan import Page, PendingScan

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_ROWS = 5_000
"""The most rows of a page. A page of DynamoDB's, of a megabyte, mostly has fewer."""

READ = ("pk", "sk", "not_before_ms", "order", "queued_ms", "attempts")
"""What of a pending row says that it waits, and since when."""

log = logging.getLogger(__name__)


class DynamoPendingScan(PendingScan):
    """Not strongly consistent, which costs half: what is missed now is found five minutes later."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    @override
    def pages(self, place: ScanPlace) -> Sequence[Page]:
        return bulk.in_parallel(lambda each: self._page(*each), place.items())

    def _page(self, segment: int, after: tuple[str, str] | None) -> Page:
        goes_on: dict[str, Any] = {"ExclusiveStartKey": keys.key(*after)} if after else {}
        try:
            with our_errors():
                answer = self._client.scan(
                    TableName=self._table,
                    Segment=segment,
                    TotalSegments=SEGMENTS,
                    ProjectionExpression=", ".join(f"#{name}" for name in READ),
                    ExpressionAttributeNames={f"#{name}": name for name in READ},
                    Limit=MOST_ROWS,
                    **goes_on,
                )
        except RetryLater as trouble:
            log.warning("pending rows cannot be read", extra={"why": str(trouble)})
            return Page(segment, (), after, busy=True)
        last: Item = answer.get("LastEvaluatedKey") or {}
        rows = [waiting_of(item) for item in answer["Items"] if not _is_note(item["pk"]["S"])]
        return Page(segment, rows, (last["pk"]["S"], last["sk"]["S"]) if last else None)


def _is_note(partition: str) -> bool:
    # A mark of a POS account belongs to no store; its polls are started by the clock, too.
    return partition == keys.BEGUN or partition.endswith(keys.POKED)


def waiting_of(item: Item) -> Waiting:
    """Return what waits as a pending row, or a request about a link; one that cannot be read has no lane."""
    store, lane = keys.store_of(item["pk"]["S"]), ""
    try:
        lane = keys.lane_of(item["sk"]["S"])
        values = from_item(item)
        queued_ms = values.get("queued_ms") or arrived_ms(int(values["order"]))
        due_ms = int(values.get("not_before_ms", 0))
        return Waiting(store, lane, due_ms, int(queued_ms), int(values.get("attempts", 0)))
    except Exception:  # whatever is wrong with one row; its store's slice meets it and says so
        log.exception("pending row cannot be read", extra={"store_id": store})
        return Waiting(store, lane)
