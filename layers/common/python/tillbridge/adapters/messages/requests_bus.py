"""What people ask for in the console, as events on the bus (contracts/events)."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import batched
from typing import TYPE_CHECKING, Any, override

from botocore.exceptions import BotoCoreError, ClientError

from tillbridge.domain.errors import RetryLater
from tillbridge.domain.ids import PosProductId, StoreId, StoreProductId, WebOrderId
from tillbridge.domain.link_requests import UndoOf
from tillbridge.domain.web_orders.asked_for import ORDER_REQUESTED, DoOrder
from tillbridge.ports.clock import Clock
from tillbridge.ports.requests import Requests, Undone

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef
    from mypy_boto3_s3 import S3Client

SOURCE = "tillbridge.console"

AN_EVENT = 200
"""Products that an event names itself."""

MOST_IN_EVENTS = 2_000
"""More products go as a claim check: a list in S3, and an event that says where it is."""

A_CLAIM = 50_000
"""Products of a list: with the longest ids it stays below what intake unpacks."""

A_CALL = 10
A_CALL_BYTES = 250_000
"""Events, and bytes of them, in a call: EventBridge takes ten and, since January 2026, 1 MiB. An event alone may
be larger than this: 200 of the longest ids have 306 KB."""

type _Data = dict[str, Any]


class BusRequests(Requests):
    """Events on the bus with this name; long lists go to a bucket. The clients are asked for when something is
    asked for. An event's id follows from its job and its place, so that a second try is the same event."""

    def __init__(
        self,
        events: "Callable[[], EventBridgeClient]",
        s3: "Callable[[], S3Client]",
        bus: str,
        bucket: str,
        clock: Clock,
    ) -> None:
        self._events = events
        self._s3 = s3
        self._bus = bus
        self._bucket = bucket
        self._clock = clock

    @override
    def push(
        self,
        store: StoreId,
        job: str,
        by: str,
        products: Sequence[PosProductId],
        plan: str = "",
    ) -> None:
        few = len(products) <= MOST_IN_EVENTS
        parts = _parts("product_ids", products) if few else self._claims(store, job, products)
        seen = {"plan": plan} if plan else {}
        self._put("push.requested", store, job, by, ({**part, **seen} for part in parts))

    @override
    def import_(
        self, store: StoreId, job: str, by: str, products: Sequence[StoreProductId]
    ) -> None:
        data = [
            {"bigcommerce_ids": list(some)} for some in batched(products, AN_EVENT, strict=False)
        ]
        self._put("import.requested", store, job, by, data)

    @override
    def import_all(self, store: StoreId, job: str, by: str) -> None:
        self._put("import.requested", store, job, by, [{"all": True}])

    @override
    def link(
        self,
        store: StoreId,
        job: str,
        by: str,
        pairs: Sequence[tuple[PosProductId, StoreProductId]],
    ) -> None:
        links = [{"product_id": product, "bigcommerce_id": web} for product, web in pairs]
        self._put("link.requested", store, job, by, _parts("links", links))

    @override
    def unlink(self, store: StoreId, job: str, by: str, products: Sequence[PosProductId]) -> None:
        links = [{"product_id": product} for product in products]
        self._put("unlink.requested", store, job, by, _parts("links", links))

    @override
    def undo(self, store: StoreId, job: str, by: str, undone: Sequence[Undone]) -> None:
        self._put("undo.requested", store, job, by, undo_parts(undone))

    @override
    def orders(
        self, store: StoreId, job: str, by: str, do: DoOrder, orders: Sequence[WebOrderId]
    ) -> None:
        self._put(ORDER_REQUESTED, store, job, by, [{"do": do.value, "orders": list(orders)}])

    @override
    def compare(self, store: StoreId, job: str, by: str, *, full: bool) -> None:
        self._put("reconcile.requested", store, job, by, [{"full": full}])

    @override
    def approve(self, store: StoreId, job: str, by: str, run: str) -> None:
        self._put("reconcile.requested", store, job, by, [{"approve": run}])

    @override
    def plan_exactly(self, store: StoreId, plan: str, by: str) -> None:
        self._put("plan.requested", store, plan, by, [{"plan": plan}])

    def _claims(
        self, store: StoreId, job: str, products: Sequence[PosProductId]
    ) -> Iterator[_Data]:
        for number, some in enumerate(batched(products, A_CLAIM, strict=False)):
            lines = "".join(json.dumps({"product_id": each, "version": 0}) + "\n" for each in some)
            body, key = gzip.compress(lines.encode(), mtime=0), f"asked/{store}/{job}-{number}"
            try:
                self._s3().put_object(Bucket=self._bucket, Key=key, Body=body)
            except (ClientError, BotoCoreError) as trouble:
                raise RetryLater(_words()) from trouble
            yield {
                "dataref": f"s3://{self._bucket}/{key}",
                "dataref_sha256": hashlib.sha256(body).hexdigest(),
                "dataref_content_type": "application/x-ndjson",
                "product_count": len(some),
            }

    def _put(
        self, kind: str, store: StoreId, job: str, by: str, parts: Iterable[Mapping[str, Any]]
    ) -> None:
        occurred = datetime.fromtimestamp(self._clock.now_ms() / 1_000, UTC).isoformat()
        entries: list[PutEventsRequestEntryTypeDef] = []
        for place, data in enumerate(parts):
            metadata = {
                "event_id": f"{job}-{place:04d}" if place else job,
                "schema_version": "1.0",
                "store_id": store,
                "occurred_at": occurred,
                "requested_by": by,
            }
            detail = {"metadata": metadata, "data": {**data, "job": job}}
            entries.append(
                {
                    "Source": SOURCE,
                    "DetailType": kind,
                    "Detail": json.dumps(detail, ensure_ascii=False, separators=(",", ":")),
                    "EventBusName": self._bus,
                }
            )
        for some in _calls(entries):
            self._call(some)

    def _call(self, entries: "list[PutEventsRequestEntryTypeDef]") -> None:
        try:
            answer = self._events().put_events(Entries=entries)
        except (ClientError, BotoCoreError) as trouble:
            raise RetryLater(_words()) from trouble
        if answer["FailedEntryCount"]:
            raise RetryLater(_words())


def _parts(name: str, items: Sequence[Any]) -> Iterator[_Data]:
    for number, some in enumerate(batched(items, AN_EVENT, strict=False)):
        yield {name: list(some), "total": len(items), "offset": number * AN_EVENT}


def undo_parts(undone: Sequence[Undone]) -> Iterator[_Data]:
    """Yield the data of the events that ask for an undo: each of products of which the same is undone."""
    by_undo: dict[UndoOf, list[_Data]] = {}
    for each in undone:
        link: _Data = {"product_id": each.product}
        if each.web is not None:
            link["bigcommerce_id"] = each.web
        by_undo.setdefault(each.undoes, []).append(link)
    offset = 0
    for undoes, links in by_undo.items():
        said: _Data = {"undoes": undoes.job} if undoes.job else {}
        said |= {"fields": list(undoes.fields)} if undoes.fields else {}
        said |= {"hides": True} if undoes.hides else {}
        for some in batched(links, AN_EVENT, strict=False):
            yield {"links": list(some), "total": len(undone), "offset": offset, **said}
            offset += len(some)


def _calls(
    entries: "Iterable[PutEventsRequestEntryTypeDef]",
) -> "Iterator[list[PutEventsRequestEntryTypeDef]]":
    some: list[PutEventsRequestEntryTypeDef] = []
    size = 0
    for entry in entries:
        adds = len(entry["Detail"].encode()) + 100
        if some and (len(some) == A_CALL or size + adds > A_CALL_BYTES):
            yield some
            some, size = [], 0
        some.append(entry)
        size += adds
    if some:
        yield some


def _words() -> str:
    return "What was asked for may have gone in part. Ask again: nothing is done twice."
