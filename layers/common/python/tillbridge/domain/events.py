"""An event as far as it matters: which products of which store changed, to which version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import batched

from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import PUSH_REQUESTED, lanes_for
from tillbridge.domain.pending import Change

MOST_AT_ONCE = 200
"""An event that names more products is cut up before they are marked
(docs/architecture.md, Lanes)."""

A_PART = 100

HIGHEST_VERSION = 2**63 - 1
"""Versions are whole numbers of 64 bits (contracts/events); a row takes no longer number."""

LONGEST_ID = 255
"""Characters of a POS product id (contracts/events)."""


@dataclass(frozen=True, slots=True)
class Event:
    """A readable event. `total` and `offset` are of the whole request it is a part of."""

    id: str
    store: StoreId
    trigger: str
    occurred_ms: int
    products: tuple[tuple[PosProductId, int], ...]
    total: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Wake:
    """A store's wait is over."""

    store: StoreId


def parts(event: Event) -> Iterator[Event]:
    """The same event a hundred products at a time; each part knows its place in the whole."""
    for number, some in enumerate(batched(event.products, A_PART, strict=False)):
        whole = max(event.total, len(event.products))
        yield replace(event, products=some, total=whole, offset=event.offset + number * A_PART)


def changes(event: Event) -> list[Change]:
    """The pending rows an event raises. `intake` never looks at links: an event that overtakes a
    create must not be dropped; the drain decides."""
    asked = event.trigger == PUSH_REQUESTED
    lanes = lanes_for(event.trigger, max(event.total, len(event.products)))
    return [
        Change(
            store=event.store,
            lane=lane,
            product=product,
            version=version,
            order=event.offset + place if asked else version,
            queued_ms=event.occurred_ms,
            trigger=event.trigger,
            force=asked,
            manual=asked,
        )
        for lane in lanes
        for place, (product, version) in enumerate(event.products)
    ]
