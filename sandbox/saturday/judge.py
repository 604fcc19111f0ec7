"""The verdict on a Saturday, from the store's log and the POS's alone: nothing of Tillbridge's own rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import Any, ClassVar

from sandbox.saturday.goods import Pairs, Unit
from sandbox.saturday.notes import Notes
from sandbox.saturday.timeline import Step, Write, moments, open_in, steps, unit_of, writes

RECORD_S = 60.0
"""How old the POS's record may be that a level is computed from."""
UNEXPLAINED = "unexplained"
CAUSES = {
    "adjustment": "put_back",
    "pos": "web_after_till",
    "undone": "raised_by_store",
    "order ": "two_web_orders",
    "order": "raised_by_store",
}
"""What began to offer a unit too many, by what moved the level or what was free."""
SMALLEST_PAGE = 50


@dataclass(frozen=True, slots=True)
class Day:
    """What both sides know at the end. `orders`, `moves`, `readings`, `levels` (at the beginning and now) are
    the store's; `calls`: when the calls began that set levels, where that is known; `late_s`: how long its list of orders lacked the newest."""

    notes: Notes
    pairs: Pairs
    products: Mapping[int, int]
    orders: Sequence[dict[str, Any]]
    moves: Sequence[dict[str, Any]]
    readings: Sequence[dict[str, Any]]
    begun: Mapping[Unit, int]
    ended: Mapping[Unit, int]
    calls: Sequence[float] = ()
    safety: int = 0
    late_s: float = 0.0


@dataclass(frozen=True, slots=True)
class SoldTwice:
    """One unit that was sold and was not there, from `at` until goods came or an order was undone (seconds;
    infinite: at the end of the day, too). `nth`: there were so many of them then, this one included."""

    unit: Unit
    at: float
    until: float
    nth: int
    cause: str


@dataclass(slots=True)
class Verdict:
    """What did not hold, in words, and the figures. `age_s`: of the oldest view of the orders on which stock
    was written; `too_high`: unit-seconds online above what was free; `swallowed`: units that a write put
    back because their order came while it was under way; `sold_twice`: unit by unit."""

    OLDEST_S: ClassVar[float] = 2.5
    """What a view of the orders may be old, the way of the call included."""

    placed: int = 0
    booked_once: int = 0
    writes: int = 0
    age_s: float = 0.0
    too_high: float = 0.0
    swallowed: int = 0
    sold_twice: list[SoldTwice] = field(default_factory=list)
    booked_after_s: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def oversold(self) -> dict[str, int]:
        """The units that were sold twice, by cause."""
        return dict(Counter(each.cause for each in self.sold_twice))


def judge(day: Day) -> Verdict:
    """Return the verdict on a day at whose end nothing is left to do."""
    verdict = Verdict()
    _bookings(day, verdict)
    _levels(day, verdict)
    _writes(day, verdict)
    for unit in day.notes.held:
        _unit(day, unit, verdict)
    return verdict


def _bookings(day: Day, verdict: Verdict) -> None:
    notes = day.notes
    statuses = {order["id"]: order["status_id"] for order in day.orders}
    placed = {number for number, _ in notes.owes if statuses[number] != 1}
    names = [int(name.rpartition(":")[2]) for name in notes.booked_names]
    verdict.placed = len(placed)
    for number in sorted(placed):
        keys = [key for key in notes.owes.keys() | notes.booked.keys() if key[0] == number]
        wrong = [key for key in keys if _final(notes, key) != _booked(notes, key)]
        if names.count(number) == 1 and not wrong:
            verdict.booked_once += 1
            owes, done = notes.owes, notes.booked
            firsts = [(owes[k][0].at, done[k][0].at) for k in keys if k in owes and k in done]
            verdict.booked_after_s += [max(0.0, after - before) for before, after in firsts]
        elif names.count(number) or any(_final(notes, key) for key in keys):
            told = [(key[1], _final(notes, key), _booked(notes, key)) for key in wrong]
            verdict.broken.append(f"order {number} is booked {names.count(number)} times: {told}")
        else:
            verdict.booked_once += 1  # it was undone before the POS had to know
    for number in sorted({*names} - placed):
        verdict.broken.append(f"order {number} is booked and owes nothing")


def _final(notes: Notes, key: tuple[int, Unit]) -> int:
    return notes.owes[key][-1].units if key in notes.owes else 0


def _booked(notes: Notes, key: tuple[int, Unit]) -> int:
    return notes.booked[key][-1].units if key in notes.booked else 0


def _levels(day: Day, verdict: Verdict) -> None:
    for unit, held in day.notes.held.items():
        kept = open_in(day.notes, unit, held[-1].version, float("inf"))
        should = max(0, held[-1].free - kept - day.safety)
        if day.ended.get(unit) != should:
            verdict.broken.append(f"{unit} is {day.ended.get(unit)} online and should be {should}")


def _writes(day: Day, verdict: Verdict) -> None:
    """Judge every level that was set: by the orders that its reading could see, and some record of the POS
    that was not older than a slice takes, it must not offer what the web has sold."""
    views = _views(day.readings)
    for write in writes(day.moves, day.pairs, dict(day.products)):
        verdict.writes += 1
        seen = max((begun for begun, ended in views if ended <= write.accepted), default=None)
        if seen is None:
            verdict.broken.append(f"{write} rests on no view of the orders")
            continue
        called = max((at for at in day.calls if at <= write.accepted), default=write.accepted)
        verdict.age_s = max(verdict.age_s, called - seen)
        over = write.level - _allowed(day, write, seen - day.late_s)
        if over > 0:
            verdict.broken.append(f"{write} offers {over} again that the web had sold")


def _allowed(day: Day, write: Write, seen: float) -> int:
    held = day.notes.held[write.unit]
    until = [*(each.at for each in held[1:]), float("inf")]
    return max(
        max(0, each.free - open_in(day.notes, write.unit, each.version, seen) - day.safety)
        for each, ended in zip(held, until, strict=True)
        if ended >= write.accepted - RECORD_S and each.at <= write.accepted
    )


def _views(readings: Sequence[dict[str, Any]]) -> list[tuple[float, float]]:
    """Return when each whole reading of the orders began and ended: from the first id to a last page."""
    found, begun = [], None
    for each in readings:
        if each["min_id"] <= 1:
            begun = each["at"]
        if begun is not None and each["shown"] < SMALLEST_PAGE:
            found.append((begun, each["at"]))
            begun = None
    return found


def _unit(day: Day, unit: Unit, verdict: Verdict) -> None:
    mine = [m for m in day.moves if unit_of(day.pairs, m, dict(day.products)) == unit]
    line = moments(steps(day.notes, unit, day.begun.get(unit, 0), mine))
    for before, after in pairwise(line):
        above = max(0, before.online - max(0, before.free - day.safety))
        verdict.too_high += above * (after.at - before.at)
    verdict.sold_twice += _sold_twice(day, unit, line, verdict)


def _sold_twice(
    day: Day, unit: Unit, line: Sequence[Step], verdict: Verdict
) -> Iterator[SoldTwice]:
    """Yield the units that were sold twice; what comes back is the one that was sold last."""
    missing: list[SoldTwice] = []
    for place, moment in enumerate(line[1:], start=1):
        debt = max(0, -moment.free)
        while len(missing) > debt:
            yield replace(missing.pop(), until=moment.at)
        if len(missing) < debt:
            cause = _cause(day, unit, line, place)
            if cause == UNEXPLAINED:
                more = debt - len(missing)
                verdict.broken.append(f"{unit}: {more} oversold at {moment.at:.1f}, unexplained")
            missing += [
                SoldTwice(unit, moment.at, inf, nth, cause)
                for nth in range(len(missing) + 1, debt + 1)
            ]
    yield from missing


def _cause(day: Day, unit: Unit, line: Sequence[Step], place: int) -> str:
    """Return why a unit was sold that was not there. `till_after_web`: a till took what the web had
    promised. `web_after_till`: the web sold before a till's sale showed there; `raised_by_store`: before it
    was lowered what BigCommerce had put back; `two_web_orders`: of one BigCommerce took nothing off; `put_back`: what a write had put back. `order_by_hand` and
    `order_grew`: nobody asked how many there are."""
    moment, before = line[place], line[place - 1]
    if "pos" in moment.of:
        return "till_after_web"
    numbers = [int(of.partition(" ")[2]) for of in moment.of if of.startswith("order ")]
    if any((number, unit) in day.notes.grew for number in numbers):
        return "order_grew"
    if before.free - moment.free > before.online:
        return "order_by_hand"
    began = place - 1
    while began > 0 and line[began - 1].online > line[began - 1].free:
        began -= 1
    if before.online <= before.free:
        return UNEXPLAINED
    for of, cause in CAUSES.items():
        if any(each.startswith(of) for each in line[began].of):
            return cause
    return UNEXPLAINED
