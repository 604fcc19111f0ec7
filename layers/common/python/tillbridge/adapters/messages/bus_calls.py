"""Events that go in one call of EventBridge together: ten at most, and no more bytes than it takes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

A_CALL = 10
"""The most events that the bus takes at once."""

A_CALL_BYTES = 256 * 1_024
"""The most bytes of a call: source, type and detail of all its events (EventBridge, PutEvents)."""


def entry_bytes(entry: "PutEventsRequestEntryTypeDef") -> int:
    """Return the bytes that an event has in a call."""
    return sum(len(entry[key].encode()) for key in ("Source", "DetailType", "Detail"))


def in_calls[T](
    puts: Sequence[tuple[T, "PutEventsRequestEntryTypeDef"]],
) -> Iterator[list[tuple[T, "PutEventsRequestEntryTypeDef"]]]:
    """Yield events that go in a call together, in their order. Each has at most A_CALL_BYTES."""
    some: list[tuple[T, PutEventsRequestEntryTypeDef]] = []
    room = A_CALL_BYTES
    for each in puts:
        size = entry_bytes(each[1])
        if some and (len(some) == A_CALL or size > room):
            yield some
            some, room = [], A_CALL_BYTES
        some.append(each)
        room -= size
    if some:
        yield some
