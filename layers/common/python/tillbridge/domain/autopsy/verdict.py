"""The verdict on a debt: its cause and the smallest change that would have prevented it, for each order
in which things can have happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product
from math import comb, prod

from tillbridge.domain.autopsy.causes import Cause, broke_at, broke_units, cause_of
from tillbridge.domain.autopsy.changes import Tried, tried
from tillbridge.domain.autopsy.moments import (
    SECOND_MS,
    BookedIn,
    Found,
    Moment,
    Ordered,
    Timeline,
    Written,
)
from tillbridge.domain.autopsy.replay import Played, play

MOST_ARRANGED = 64
"""So many orders of events are tried; of more, only those in which every web order came as early or as
late in its second as it can have."""

_BOTH = 5
"""Seconds of which then both are tried: two to the power of it are few enough."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one order of events says. `place`: the moment at which the debt arose, None when it did not
    in this order. `cause`: None when what is kept does not say. `late`: the level that came too
    late."""

    timeline: Timeline
    played: Played
    place: int | None
    cause: Cause | None
    tried: tuple[Tried, ...]
    late: Written | None = None

    @property
    def reproduces(self) -> bool:
        """Return whether what is kept leads to the debt that was noticed."""
        most = self.timeline.debt + self.timeline.unsure
        return self.timeline.debt <= self.played.debt <= most


def of_each_unit(verdict: Verdict) -> tuple[Verdict, ...]:
    """Return the verdict on each unit of the debt, those that went missing first before the others: it
    names the moment and the cause of that unit."""
    timeline, played = verdict.timeline, verdict.played
    return tuple(
        replace(
            verdict,
            place=place,
            cause=None if place is None else cause_of(timeline, played, place),
        )
        for place in broke_units(played)
    )


def verdicts(timeline: Timeline) -> tuple[Verdict, ...]:
    """Return a verdict for each order in which the events of one second can have happened, of those that
    say the same the first. One that leads to the debt that was noticed comes before one that does not."""
    found: dict[object, Verdict] = {}
    for arranged in _arrangements(timeline):
        verdict = verdict_of(arranged)
        found.setdefault((verdict.cause, verdict.reproduces), verdict)
    if not found:  # clocks contradict each other: the order in which it was kept is as good as any
        return (verdict_of(timeline),)
    return tuple(sorted(found.values(), key=lambda each: not each.reproduces))


def verdict_of(timeline: Timeline) -> Verdict:
    """Return the verdict for the moments in this very order."""
    played = play(timeline)
    place = broke_at(played)
    if place is None:
        return Verdict(timeline, played, None, None, ())
    cause = cause_of(timeline, played, place)
    return Verdict(
        timeline, played, place, cause, tried(timeline, played), _late(timeline, place, cause)
    )


def _late(timeline: Timeline, place: int, cause: Cause | None) -> Written | None:
    if cause is not Cause.WEB_AFTER_TILL:
        return None
    later = (m for m in timeline.moments[place:] if isinstance(m, Written))
    return next((write for write in later if write.cause_ms), None)


def _arrangements(timeline: Timeline) -> Iterator[Timeline]:
    seconds = _seconds(timeline.moments)
    count = prod(comb(len(some) + len(orders), len(orders)) for orders, some in seconds)
    if count <= MOST_ARRANGED:
        ways = [_ways(len(some), len(orders)) for orders, some in seconds]
    else:
        ways = [[(0,) * len(orders), (len(some),) * len(orders)] for orders, some in seconds]
        ways = ways[:_BOTH] + [each[:1] for each in ways[_BOTH:]]
    for chosen in product(*ways):
        arranged = _arranged(timeline, seconds, chosen)
        if _is_possible(arranged):
            yield arranged


type _Second = tuple[list[Ordered], list[Moment]]


def _seconds(moments: Sequence[Moment]) -> list[_Second]:
    """Return the web orders of each second, and what else happened in it."""
    found: list[_Second] = []
    timed = [m for m in moments if isinstance(m, Ordered) and m.timed]
    for at_ms in sorted({m.at_ms for m in timed}):
        orders = [m for m in timed if m.at_ms == at_ms]
        others: list[Moment] = [
            m for m in moments if not _is_timed(m) and at_ms <= m.at_ms < at_ms + SECOND_MS
        ]
        found.append((orders, others))
    return found


def _is_timed(moment: Moment) -> bool:
    return isinstance(moment, Ordered) and moment.timed


def _ways(others: int, orders: int) -> list[tuple[int, ...]]:
    # Before how many of the others each order comes. BigCommerce counts orders as they come, so two of
    # one second are in the order of their numbers.
    return list(combinations_with_replacement(range(others + 1), orders))


def _arranged(
    timeline: Timeline, seconds: Sequence[_Second], chosen: Sequence[tuple[int, ...]]
) -> Timeline:
    rest = [m for m in timeline.moments if not _is_timed(m)]
    placed: list[tuple[int, int, int, Moment]] = [
        (m.at_ms, number, 1, m) for number, m in enumerate(rest)
    ]
    numbers = {id(m): number for number, m in enumerate(rest)}
    for (orders, others), places in zip(seconds, chosen, strict=True):
        for order, place in zip(orders, places, strict=True):
            if place:
                after = others[place - 1]
                moved = replace(order, at_ms=after.at_ms)
                placed.append((after.at_ms, numbers[id(after)], 2, moved))
            else:
                placed.append((order.at_ms, -1, 0, order))
    placed.sort(key=lambda each: each[:3])
    return replace(timeline, moments=tuple(m for *_, m in placed))


def _is_possible(timeline: Timeline) -> bool:
    # What is found or booked was ordered before.
    there = {order for order, _ in timeline.owed}
    for moment in timeline.moments:
        if isinstance(moment, Ordered):
            there.add(moment.order)
        elif isinstance(moment, Found | BookedIn) and moment.order not in there:
            return False
    return True
