"""One order is told to the POS, and what the POS says of it is kept.

`asked` is written before the call, and what the POS was asked is sent again, unchanged, until its answer is
kept. So whatever dies, and whenever, the POS books each revision once, and the level rests on the least
that it may have booked. Two slices at once do no harm either: the book refuses what was made from an older
entry, and the POS answers the same revision with the same."""

from dataclasses import dataclass
from enum import Enum, auto

from tillbridge.domain.errors import PosDown
from tillbridge.domain.ids import WebOrderId
from tillbridge.domain.lag_histogram import Histogram, LagPath, histogram_of
from tillbridge.domain.web_orders.booking import (
    Answer,
    answered,
    ask,
    is_due,
    lacks_effects,
    may_be_taken,
    moved,
    overtaken,
    refused,
    unreachable,
)
from tillbridge.domain.web_orders.entry import LaneState, OrderEntry
from tillbridge.domain.web_orders.refusal_words import not_offered_words, refusal_words
from tillbridge.domain.web_orders.told import Told, external_id
from tillbridge.ports.order_book import Kept
from tillbridge.ports.pos_web_orders import Outcome, Overtaken, Refusal, WebOrdersNotOffered
from tillbridge.usecases.booking.session import Session

TURNS = 5
"""So many revisions of one order are told one after the other before others have their turn."""

TIMES = 5
"""So often an entry is made anew because the drain wrote meanwhile."""


class After(Enum):
    """What follows for the order's row: it is over; the POS has booked it and not said yet what it did;
    people book it later, or have to act; or it is tried again."""

    OVER = auto()
    LACKS_EFFECTS = auto()
    UNBOOKED = auto()
    AGAIN = auto()


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The POS gave no usable answer; `wait` in seconds, as it asked."""

    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class NotOffered:
    """The POS takes no web orders."""


type Reply = Outcome | NoAnswer | NotOffered


@dataclass(frozen=True, slots=True)
class Turn:
    """How an order stands after its turn. `told`: the POS answered something new. `wait`: seconds that
    the POS asked us to wait."""

    after: After
    entry: OrderEntry | None = None
    told: bool = False
    wait: float = 0.0


def tell_order(session: Session, order: WebOrderId, kept: Kept | None) -> Turn:
    """Tell the POS what it does not know of the order; `kept` is what the book had just now. Raise
    RetryLater when the tables are busy, OutOfTime, NeedsAttention."""
    first = True
    for _ in range(TURNS):
        if kept is None:
            return Turn(After.OVER)
        entry = moved(kept.entry, session.settings.orders_outlet)
        due = is_due(entry, session.epoch) or (first and may_be_taken(entry))
        if not due:
            return Turn(_standing(entry), entry, told=not first)
        first = False
        session.need_time()
        asked = ask(entry, session.epoch)
        if asked == kept.entry or not session.deps.book.write(session.store, [(kept, asked)]):
            reply = _call(session, asked)
            after = _keep(session, order, asked.sent, reply)
            if after is None or isinstance(reply, NoAnswer):
                wait = reply.wait if isinstance(reply, NoAnswer) else 0.0
                return Turn(After.AGAIN, after, wait=wait)
            if after.unanswered and after.sent == asked.sent:
                return Turn(After.AGAIN, after)  # it answered for an older revision
        kept = session.read(order)
    return Turn(After.AGAIN, kept.entry if kept else None)


def _standing(entry: OrderEntry) -> After:
    if entry.state in (LaneState.RECEIVED, LaneState.FAILED):
        return After.UNBOOKED
    return After.LACKS_EFFECTS if lacks_effects(entry) else After.OVER


def _call(session: Session, asked: OrderEntry) -> Reply:
    if asked.sent is None:
        raise ValueError(f"order {asked.order.id} is asked without contents")
    if session.lacking:
        return NotOffered()
    name = external_id(session.connection.store_hash, asked.order.id)
    session.record.told += 1
    try:
        reply = session.pos.tell(name, asked.sent)
    except WebOrdersNotOffered:
        session.lacking = True
        return NotOffered()
    except PosDown as down:
        session.fails += 1
        session.record.unanswered += 1
        return NoAnswer(down.wait)
    session.fails = 0
    return reply


def _keep(
    session: Session, order: WebOrderId, sent: Told | None, reply: Reply
) -> OrderEntry | None:
    """Write what the POS said into the entry as it is now. Return the entry, None when it could not be
    written: then the same is sent again."""
    for _ in range(TIMES):
        kept = session.read(order)
        if kept is None or sent is None:
            return None
        entry = after_reply(kept.entry, sent, reply, session.epoch)
        if entry == kept.entry or not session.deps.book.write(session.store, [(kept, entry)]):
            _count(session, kept.entry, entry, reply)
            session.booked(kept.entry, entry)
            return entry
    return None


def after_reply(entry: OrderEntry, sent: Told, reply: Reply, epoch: int) -> OrderEntry:
    """Return the entry after a reply to what was sent. Of what was sent before something newer only an
    answer counts: everything else speaks of what is over."""
    if isinstance(reply, Answer):
        return answered(entry, reply)
    if entry.sent != sent or not entry.unanswered or entry.epoch != epoch:
        return entry
    match reply:
        case Overtaken(revision):
            return overtaken(entry, revision)
        case Refusal(code, said):
            return refused(entry, refusal_words(code, said, sent))
        case NotOffered():
            return refused(entry, not_offered_words(sent))
        case NoAnswer():
            return unreachable(entry)


def _count(session: Session, before: OrderEntry, after: OrderEntry, reply: Reply) -> None:
    record = session.record
    if isinstance(reply, Refusal | NotOffered):
        record.refused += 1
    elif isinstance(reply, Answer):
        record.received += reply.received
        if after.state is LaneState.BOOKED and before.state is not LaneState.BOOKED:
            record.booked += 1
            _took(session, before)


def _took(session: Session, before: OrderEntry) -> None:
    """Record how long an order took from its placing to its first booking. One that was edited since, or
    was placed before the store's orders counted, says nothing of that."""
    placed_ms = before.order.placed_ms
    if any(account.bookings for account in before.accounts):
        return
    if placed_ms < session.connection.web_orders_since_ms // 1_000 * 1_000:
        return
    lags = session.record.lags
    there = lags.get(LagPath.ORDER_BOOKED, Histogram())
    lags[LagPath.ORDER_BOOKED] = there.plus(histogram_of([session.now_ms() - placed_ms]))
