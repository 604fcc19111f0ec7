"""What might have been otherwise: a timeline with one thing changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tillbridge.domain.autopsy.moments import (
    BookedIn,
    Found,
    Moment,
    Ordered,
    Reading,
    Timeline,
    Written,
)
from tillbridge.domain.autopsy.replay import Played, play
from tillbridge.domain.ids import WebOrderId

MOST_SAFETY = 5
"""Units of safety stock that are tried: more is another way of not selling."""


class Change(StrEnum):
    """What is tried, one at a time. `order_placed`: BigCommerce takes stock off when an order is placed.
    `web_orders`: the POS is told of orders. `safety_stock`: so many units are kept back. `push`: a level
    is online within a time. `hooks`: an order is read when it is placed. `booking`: an order is booked
    when it is read."""

    ORDER_PLACED = "order_placed"
    WEB_ORDERS = "web_orders"
    SAFETY_STOCK = "safety_stock"
    PUSH = "push"
    HOOKS = "hooks"
    BOOKING = "booking"


@dataclass(frozen=True, slots=True)
class Tried:
    """A change that was tried. `value`: the units of safety stock, or the milliseconds within which a
    level is online."""

    change: Change
    prevented: bool
    value: int = 0


def tried(timeline: Timeline, first: Played) -> tuple[Tried, ...]:
    """Return what would have prevented the debt, settings first, and what would not. Of safety stock it
    is the fewest units, of a push the longest time."""
    found = []
    if not timeline.takes_off:
        found.append(_one(timeline, first, Change.ORDER_PLACED))
    if not timeline.told:
        found.append(_one(timeline, first, Change.WEB_ORDERS))
    found += [_safety(timeline, first), _push(timeline, first)]
    found += [_one(timeline, first, Change.HOOKS), _one(timeline, first, Change.BOOKING)]
    return tuple(sorted(found, key=lambda each: not each.prevented))


def _one(timeline: Timeline, first: Played, change: Change) -> Tried:
    return Tried(change, _replayed(timeline, first, change).prevented)


def _safety(timeline: Timeline, first: Played) -> Tried:
    for units in range(timeline.safety + 1, MOST_SAFETY + 1):
        if play(timeline, less=units - timeline.safety, first=first).prevented:
            return Tried(Change.SAFETY_STOCK, prevented=True, value=units)
    return Tried(Change.SAFETY_STOCK, prevented=False, value=MOST_SAFETY)


def _push(timeline: Timeline, first: Played) -> Tried:
    orders = [m.at_ms for m in timeline.moments if isinstance(m, Ordered)]
    causes = [m.cause_ms for m in timeline.moments if isinstance(m, Written) and m.cause_ms]
    # Between two of these nothing changes.
    lags = {max(0, order - cause - 1) for order in orders for cause in causes if order >= cause}
    for within in sorted(lags | {0}, reverse=True):
        if _replayed(timeline, first, Change.PUSH, within).prevented:
            return Tried(Change.PUSH, prevented=True, value=within)
    return Tried(Change.PUSH, prevented=False)


def _replayed(timeline: Timeline, first: Played, change: Change, within: int = 0) -> Played:
    moments = list(enumerate(timeline.moments))
    match change:
        case Change.ORDER_PLACED:
            timeline = replace(timeline, takes_off=True)
        case Change.PUSH:
            moments = _sooner(moments, within)
        case Change.HOOKS:
            moments = _found_at_once(moments)
        case Change.BOOKING:
            moments = _booked_at_once(moments)
        case Change.WEB_ORDERS:
            moments = list(_booked_too(moments))
    moments.sort(key=lambda each: each[1].at_ms)
    played = replace(timeline, moments=tuple(moment for _, moment in moments))
    return play(played, places=[place for place, _ in moments], first=first)


type _Placed = tuple[int, Moment]


def _sooner(moments: Sequence[_Placed], within: int) -> list[_Placed]:
    at = {
        m.write: min(m.at_ms, m.cause_ms + within) if m.cause_ms else m.at_ms
        for _, m in moments
        if isinstance(m, Written)
    }
    found: list[_Placed] = []
    for place, moment in moments:
        match moment:
            case Written():
                found.append((place, replace(moment, at_ms=at[moment.write])))
            case Reading():
                sooner = min(moment.at_ms, at.get(moment.write, moment.at_ms))
                found.append((place, replace(moment, at_ms=sooner)))
            case _:
                found.append((place, moment))
    return found


def _found_at_once(moments: Sequence[_Placed]) -> list[_Placed]:
    # What is booked was read before: it comes as much sooner as the reading does.
    placed: dict[tuple[WebOrderId, int], int] = {}
    sooner: dict[WebOrderId, int] = {}
    found: list[_Placed] = []
    for place, moment in moments:
        moved: Moment = moment
        match moment:
            case Ordered():
                placed[moment.order, moment.units] = moment.at_ms
            case Found() if (moment.order, moment.units) in placed:
                at_ms = placed[moment.order, moment.units]
                sooner[moment.order] = moment.at_ms - at_ms
                moved = replace(moment, at_ms=at_ms)
            case BookedIn():
                moved = replace(moment, at_ms=moment.at_ms - sooner.get(moment.order, 0))
        found.append((place, moved))
    return found


def _booked_at_once(moments: Sequence[_Placed]) -> list[_Placed]:
    read: dict[WebOrderId, int] = {}
    found: list[_Placed] = []
    for place, moment in moments:
        moved: Moment = moment
        match moment:
            case Found():
                read[moment.order] = moment.at_ms
            case BookedIn():
                at_ms = min(moment.at_ms, read.get(moment.order, moment.at_ms))
                moved = replace(moment, at_ms=at_ms)
        found.append((place, moved))
    return found


def _booked_too(moments: Sequence[_Placed]) -> Iterator[_Placed]:
    places = len(moments)
    for place, moment in moments:
        yield place, moment
        if isinstance(moment, Found):
            yield places, BookedIn(moment.at_ms, moment.order, moment.units)
            places += 1
