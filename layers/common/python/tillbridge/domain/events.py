"""What matters of an event: which products of which store changed, and to which version."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import batched

from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import PUSH_REQUESTED, WEB_ORDER_BOOKED, lanes_for
from tillbridge.domain.pending import Change
from tillbridge.domain.senders import Sender
from tillbridge.domain.versions import version_of
from tillbridge.domain.web_orders.book_rows import SINCE, book_mark

MOST_AT_ONCE = 200
"""An event that names more products is cut into parts before they are marked
(docs/architecture.md, Lanes)."""

A_PART = 100
"""Products in one part."""

LONGEST_ID = 255
"""The most characters of a POS product id (contracts/events)."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event, or a part of one. `products` has ids and versions. In a part, `total` is the number
    of products in the whole event and `offset` the number of them before this part. Of what a person
    asked for: `by` is the person, `job` what all events of the request share, and `plan` what they saw before."""

    id: str
    store: StoreId
    trigger: str
    occurred_ms: int
    products: tuple[tuple[PosProductId, int], ...]
    total: int = 0
    offset: int = 0
    sender: Sender = field(default_factory=Sender)
    by: str = ""
    job: str = ""
    plan: str = ""


OLDEST_MS = 14 * 86_400_000
"""The age up to which an event may be told: that of the oldest dead letter that is sent again."""


def received(event: Event, now_ms: int) -> Event:
    """Return the event as it is taken in. One that claims to come from the future, or from before any
    queue could have kept it, occurred when it came: its time is used to measure delays. So does one from the
    archive, whose time is negative: nobody waited for it."""
    told = event.occurred_ms >= 0 and 0 <= now_ms - event.occurred_ms <= OLDEST_MS
    return event if told else replace(event, occurred_ms=now_ms)


@dataclass(frozen=True, slots=True)
class Wake:
    """The message that a store's wait is over: that of its drain or, with `orders`, that of what tells
    its POS of web orders."""

    store: StoreId
    orders: bool = False


def parts(event: Event) -> Iterator[Event]:
    """Yield the event in parts of 100 products; each part knows its place in the whole."""
    for number, some in enumerate(batched(event.products, A_PART, strict=False)):
        whole = max(event.total, len(event.products))
        yield replace(event, products=some, total=whole, offset=event.offset + number * A_PART)


def changes(event: Event, orders: Iterator[int], epoch: int = 0) -> list[Change]:
    """Return what an event marks as pending: one change per product and lane, or one in all of a booking. `orders` gives each
    product its order of arrival; `epoch` is that of the POS account. Raise ValueError for an unknown
    trigger.

    Links play no part here: an event that overtakes a create must not be dropped, so the drain
    decides."""
    if event.trigger == WEB_ORDER_BOOKED:
        # The POS is asked what it has booked; its levels follow from that.
        when = book_mark(event.store, SINCE, event.occurred_ms)
        return [replace(when, order=next(orders))]
    asked = event.trigger == PUSH_REQUESTED
    lanes = lanes_for(event.trigger, max(event.total, len(event.products)))
    # A request names no version, in any epoch.
    arrived = [
        (product, 0 if asked else version_of(epoch, number), next(orders))
        for product, number in event.products
    ]
    return [
        Change(
            store=event.store,
            lane=lane,
            product=product,
            version=version,
            order=order,
            queued_ms=event.occurred_ms,
            trigger=event.trigger,
            force=asked,
            manual=asked,
            event=event.id,
            by=event.by,
            job=event.job,
            plan=event.plan,
        )
        for product, version, order in arrived
        for lane in lanes
    ]
