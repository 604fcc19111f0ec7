"""Put events as AWS would take them: the local bus accepts what the real one refuses."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

MAX_ENTRIES = 10  # a PutEvents call
MAX_BYTES = 1024 * 1024  # all entries of a call together


class EventRefusedError(ValueError):
    """An event that EventBridge does not take; says which and why."""


@dataclass(frozen=True, slots=True)
class BusEvent:
    """One event as its sender knows it."""

    source: str
    detail_type: str
    detail: dict[str, Any]


def put_events(
    client: "EventBridgeClient", bus: str, events: Iterable[BusEvent]
) -> tuple[str, ...]:
    """Send in order, as few calls as AWS allows; the event ids. Raises EventRefusedError."""
    ids: list[str] = []
    for entries in _calls([_entry(bus, event) for event in events]):
        answer = client.put_events(Entries=entries)
        for entry, said in zip(entries, answer["Entries"], strict=True):
            if "EventId" not in said:
                msg = f"{entry['DetailType']}: {said.get('ErrorCode')} {said.get('ErrorMessage')}"
                raise EventRefusedError(msg)
            ids.append(said["EventId"])
    return tuple(ids)


def _entry(bus: str, event: BusEvent) -> "PutEventsRequestEntryTypeDef":
    if not bus or not event.source or not event.detail_type:
        msg = "an event needs a bus, a source and a detail-type"
        raise EventRefusedError(msg)
    if event.source.startswith("aws."):
        msg = f"{event.source}: sources that begin with aws. belong to AWS"
        raise EventRefusedError(msg)
    entry: PutEventsRequestEntryTypeDef = {
        "EventBusName": bus,
        "Source": event.source,
        "DetailType": event.detail_type,
        "Detail": json.dumps(event.detail, allow_nan=False),
    }
    if _size(entry) > MAX_BYTES:
        msg = f"{event.detail_type}: {_size(entry)} bytes; send a claim check instead"
        raise EventRefusedError(msg)
    return entry


def _size(entry: "PutEventsRequestEntryTypeDef") -> int:
    """As EventBridge counts: the UTF-8 bytes of source, detail-type and detail."""
    return sum(len(entry[part].encode()) for part in ("Source", "DetailType", "Detail"))


def _calls(
    entries: Sequence["PutEventsRequestEntryTypeDef"],
) -> Iterable[list["PutEventsRequestEntryTypeDef"]]:
    for ten in batched(entries, MAX_ENTRIES, strict=False):
        call: list[PutEventsRequestEntryTypeDef] = []
        for entry in ten:
            if call and sum(map(_size, call)) + _size(entry) > MAX_BYTES:
                yield call
                call = []
            call.append(entry)
        yield call
