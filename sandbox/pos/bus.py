"""The publisher to EventBridge; it also refuses what AWS refuses but the local AWS accepts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sandbox.pos.publisher import Entry, PublishError

if TYPE_CHECKING:
    from mypy_boto3_events.client import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

# docs.aws.amazon.com/eventbridge: entries per PutEvents call; bytes per call since January 2026.
MOST_ENTRIES = 10
MOST_BYTES = 1024 * 1024
_ATTEMPTS = 3
_PAUSE_S = 0.2


class BusPublisher:
    """A Publisher on one EventBridge bus."""

    def __init__(self, client: EventBridgeClient, bus_name: str) -> None:
        self._client = client
        self._bus_name = bus_name

    def publish(self, entries: list[Entry]) -> None:
        """Put every entry, retrying those the bus did not accept. Raises PublishError."""
        wired = [put_events_entry(entry, self._bus_name) for entry in entries]
        for call in _calls(wired):
            self._put(call)

    def _put(self, call: list[PutEventsRequestEntryTypeDef]) -> None:
        codes: set[str] = set()
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(_PAUSE_S * attempt)  # the bus throttles; a longer pause each time
            answered = self._client.put_events(Entries=call)
            if answered["FailedEntryCount"] == 0:
                return
            results = zip(call, answered["Entries"], strict=True)
            failed = [(entry, result) for entry, result in results if "ErrorCode" in result]
            codes = {result["ErrorCode"] for _, result in failed}
            call = [entry for entry, _ in failed]
        raise PublishError(f"{len(call)} events were not accepted by the bus: {', '.join(codes)}")


def put_events_entry(entry: Entry, bus_name: str) -> PutEventsRequestEntryTypeDef:
    """Return an entry of events/bus/ for PutEvents. Raises PublishError for what AWS refuses."""
    source, detail_type = entry.get("source", ""), entry.get("detail-type", "")
    detail = entry.get("detail")
    if not source or not detail_type:
        raise PublishError("An event needs a source and a detail-type.")
    if source.startswith("aws."):
        raise PublishError("Sources that begin with aws. are Amazon's.")
    text = detail if isinstance(detail, str) else json.dumps(detail, separators=(",", ":"))
    if not _is_json_object(text):
        raise PublishError(f"The detail of {detail_type} is not a JSON object.")
    wired: PutEventsRequestEntryTypeDef = {
        "Source": source,
        "DetailType": detail_type,
        "Detail": text,
        "EventBusName": bus_name,
    }
    if _size(wired) > MOST_BYTES:
        raise PublishError(f"{detail_type} is larger than {MOST_BYTES} bytes.")
    return wired


def _calls(
    entries: list[PutEventsRequestEntryTypeDef],
) -> Iterator[list[PutEventsRequestEntryTypeDef]]:
    call: list[PutEventsRequestEntryTypeDef] = []
    size = 0
    for entry in entries:
        if call and (len(call) == MOST_ENTRIES or size + _size(entry) > MOST_BYTES):
            yield call
            call, size = [], 0
        call.append(entry)
        size += _size(entry)
    if call:
        yield call


def _size(entry: PutEventsRequestEntryTypeDef) -> int:
    texts: list[Any] = [entry.get("Source"), entry.get("DetailType"), entry.get("Detail")]
    return sum(len(str(text).encode()) for text in texts)


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
