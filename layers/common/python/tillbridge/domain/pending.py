"""Pending rows: one per store, lane and product, marked anew by every event that names the
product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tillbridge.domain.history.product_line import Because, EventSeen
from tillbridge.domain.ids import PosProductId, Rev, StoreId
from tillbridge.domain.lanes import CONTENT_LANES, STOCK_TRIGGERS, Lane

ARRIVALS_A_MS = 10_000
"""More than one batch of messages brings in: ten events of 200 products."""


def arrival(now_ms: int, number: int = 0) -> int:
    """Return the order of what arrives at `now_ms` (epoch ms, by our own clock) as the given number
    of its batch, from 0."""
    return now_ms * ARRIVALS_A_MS + number


def arrived_ms(order: int) -> int:
    """Return when that arrived which has this order (epoch ms)."""
    return order // ARRIVALS_A_MS


@dataclass(frozen=True, slots=True)
class Change:
    """What an event says of one product: it has at least this version. `order` is when it arrived
    (see `arrival`) and its place in the lane, lowest first. `queued_ms` is when the event happened by
    its sender's clock (epoch ms): lags are told from it, and it decides nothing. `event` is its id, or that
    of the request that led to it; blank of what nothing asked for. `by`: the person who asked, and `job`
    what they asked for, where the row is their request itself; `plan`: what they saw exactly before, "" where they did not."""

    store: StoreId
    lane: Lane
    product: PosProductId
    version: int
    order: int
    queued_ms: int
    trigger: str
    force: bool = False
    manual: bool = False
    event: str = ""
    by: str = ""
    job: str = ""
    plan: str = ""

    @property
    def seen(self) -> EventSeen | None:
        """Return the event as history tells of it; None where there is none."""
        if not self.event:
            return None
        received_ms = arrived_ms(self.order)
        at_ms = self.queued_ms, received_ms
        return EventSeen(self.event, self.trigger, *at_ms, self.version, self.by)


def of_our_own(
    store: StoreId,
    lane: Lane,
    row: PosProductId,
    now_ms: int,
    trigger: str,
    *,
    version: int = 0,
    force: bool = False,
    manual: bool = False,
) -> Change:
    """Return the change of a row that we mark ourselves: it arrives, and happens, at `now_ms` (epoch ms)."""
    order = arrival(now_ms)
    return Change(store, lane, row, version, order, now_ms, trigger, force, manual)


def because_of_request(change: Change, request: str, by: str) -> Change:
    """Return a change of our own that a request led to, and who asked."""
    return replace(change, event=request, by=by)


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A product that waits for a drain. Times are epoch milliseconds; 0 is 'at once'.

    `force`: no version or fingerprint skips it (a person or a repair asked).
    `manual`: a person asked, so fields set to *manual* go too.
    `awaits`: the announced version that it waits for, because the POS still shows an older one,
    -1 when none; `seen_stale_ms`: since when; `done_version`: the older one with which its work was done meanwhile.
    `absent_ms`, `older_ms`: since when every look found the product missing in the POS, or older
    there than what was pushed.
    `unsure`: something was sent for it that may have arrived without being recorded.
    `because`: the events that marked it, as far as they are known.
    `marked_ms`: when the newest mark of it arrived; `order` is the arrival of the first.
    `job`: the newest request of a person that it is part of; "" of most rows. `plan`: the exact plan that it carries
    out, "" where nobody saw one.
    """

    store: StoreId
    lane: Lane
    product: PosProductId
    rev: Rev
    version: int
    queued_ms: int
    order: int = 0
    force: bool = False
    manual: bool = False
    attempts: int = 0
    not_before_ms: int = 0
    awaits: int = -1
    seen_stale_ms: int = 0
    done_version: int = -1
    absent_ms: int = 0
    older_ms: int = 0
    unsure: bool = False
    marked_ms: int = 0
    because: Because | None = None
    job: str = ""
    plan: str = ""

    @property
    def by(self) -> str:
        """Return the person who asked, as far as the events that are known say so."""
        known = (self.because.last, self.because.first) if self.because else ()
        return next((event.by for event in known if event.by), "")

    @property
    def of_stock_alone(self) -> bool:
        """Return whether it is known that nothing but levels was said to have changed: a sale marks content, too."""
        if self.lane not in CONTENT_LANES:
            return True
        why = self.because
        # What came between the first event and the last is not kept.
        only = why is not None and why.first == why.last and why.first.type in STOCK_TRIGGERS
        return only and not self.force


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a store's lanes saw. `oldest`: of each lane that has rows which are due, the order of
    the oldest (of those read, when there are more than a page). `whole`: the due rows, in the lane's order,
    of short lanes that were read to their end on the way; which lanes these are is chance."""

    oldest: Mapping[Lane, int]
    whole: Mapping[Lane, Sequence[PendingRow]] = field(default_factory=dict)
