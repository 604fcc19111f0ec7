"""A call line: some calls of a slice, and on its last one what the slice did."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from tillbridge.domain.call_made import CallMade
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.slices import SliceRecord

MOST_CALLS = 20
"""Calls on a line."""

MOST_FOR = 20
"""So many products are named of those that a call was made for; the others are counted."""


@dataclass(frozen=True, slots=True)
class MadeFor:
    """A product that a call was made for, and why: the lane of its row, and of the events that marked it the
    first one's id and type, and their number. 0: no event did."""

    product: PosProductId
    lane: str
    event: str = ""
    trigger: str = ""
    events: int = 0


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A call, and for what it was made. `more`: products that are not named."""

    call: CallMade
    made_for: tuple[MadeFor, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class CallLine:
    """A line. `at_ms`: when its first call was answered, or later by a little, so that no two lines of a
    slice have the same; `token`: of the slice. `begun_ms`: when the slice began; `ended_ms`: when the line
    did (epoch ms). `done`: what the slice did, on its last line alone: one that was killed has none. Its
    calls are those of all its lines."""

    at_ms: int
    token: str
    begun_ms: int
    ended_ms: int
    calls: tuple[ToldCall, ...] = ()
    done: SliceRecord | None = None

    @property
    def key(self) -> str:
        """Return the line's key among its store's, which sorts by time."""
        return line_key(self.at_ms, self.token)


def line_key(at_ms: int, token: str) -> str:
    """Return the key of a line."""
    return f"{at_ms:013d}#{token}"


def call_key(at_ms: int, token: str, number: int) -> str:
    """Return what a product's line says of the call that did it: its line, and its place there from 1
    on."""
    return f"{line_key(at_ms, token)}/{number}"


def call_of(key: str, lines: Iterable[CallLine]) -> ToldCall | None:
    """Return the call that a product's line names (`call_key`), from lines of that moment; None where it is not
    among them."""
    line, _, number = key.rpartition("/")
    if not number.isdecimal():
        return None
    for each in lines:
        if each.key == line:
            return next(islice(each.calls, max(0, int(number) - 1), None), None)
    return None


def moment_of(key: str) -> int:
    """Return when the line was written that holds a call (epoch ms); 0 for a key that is none."""
    moment = key.partition("#")[0]
    return int(moment) if moment.isascii() and moment.isdecimal() else 0


def slices_of(lines: Iterable[CallLine]) -> list[SliceRecord]:
    """Return what slices did, by their lines, in the order of their ends. Of one that was killed only the
    calls are known that it had written down."""
    found: dict[str, SliceRecord] = {}
    for line in lines:
        record = found.get(line.token, SliceRecord(started_ms=line.begun_ms))
        if line.done is not None:
            record = replace(
                line.done,
                started_ms=record.started_ms,
                ended_ms=record.ended_ms,
                calls=record.calls,
            )
        record.ended_ms = max(record.ended_ms, line.ended_ms)
        record.calls.update(told.call.name for told in line.calls)
        found[line.token] = record
    return sorted(found.values(), key=lambda record: record.ended_ms)
