"""From a product's history and the web orders kept, the moments of one holder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR
from itertools import pairwise

from tillbridge.domain.autopsy.moments import (
    BookedIn,
    Found,
    Looked,
    Moment,
    Ordered,
    PosMove,
    Reading,
    Timeline,
    Written,
)
from tillbridge.domain.autopsy.orders_known import KnownOrder, orders_known
from tillbridge.domain.history.product_line import Did, HolderLevel, ProductLine
from tillbridge.domain.ids import PosVariantId, WebOrderId
from tillbridge.domain.web_orders.accounts import Holder
from tillbridge.domain.web_orders.entry import OrderEntry

WINDOW_MS = 2 * 3_600_000
"""How far before a debt its causes are looked for, and how far after it."""
_LINKS = frozenset({Did.CREATED, Did.LINKED, Did.IMPORTED})
_WRITES = frozenset({Did.STOCK, Did.CREATED})


@dataclass(frozen=True, slots=True)
class Noticed:
    """A debt that was noticed (epoch ms), and what was true of the store. `level`: how it came about in
    the POS's record of `version`; None of a row of before."""

    holder: Holder
    debt: int
    at_ms: int
    safety: int = 0
    takes_off: bool = True
    told: bool = True
    version: int = -1
    level: HolderLevel | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    """A line that says how the level of the holder came about. `before_ms`: when the POS answered with a
    later version of anything; its record was read before, whenever the line was written."""

    line: ProductLine
    holder: HolderLevel
    before_ms: int

    @property
    def free(self) -> int:
        units = self.holder.on_hand - self.holder.committed
        return int(units.to_integral_value(ROUND_FLOOR))

    @property
    def read_ms(self) -> int:
        return min(self.line.begun_ms or self.line.at_ms, self.before_ms)

    def raw(self, safety: int) -> int:
        return self.free - self.holder.web_units - safety


def timeline_of(
    noticed: Noticed, lines: Sequence[ProductLine], entries: Sequence[OrderEntry]
) -> Timeline | None:
    """Return the moments up to a debt, in order. None when no line of that time says how a level came
    about. `lines` are of one product, by time."""
    known = _known(noticed, lines)
    levels = list(_levels(known, noticed.holder.variant))
    if not levels:
        return None
    first = levels[0]
    linked_ms = max((line.at_ms for line in known if line.did in _LINKS), default=0)
    orders = [
        _in_record(o, levels)
        for o in orders_known(noticed.holder, noticed.at_ms, known, entries, linked_ms)
    ]
    old = [order for order in orders if _is_old(order, first)]
    owed = tuple((o.number, units) for o in old if (units := _open_at(o, first)))
    moments: list[Moment] = [m for o in orders for m in _of_order(o, first, before=o in old)]
    moments += _moves(levels, [b for o in orders for b in o.booked])
    moments += _ours(levels, noticed.safety)
    moments.sort(key=lambda moment: (moment.at_ms, _RANKS[type(moment)]))
    return Timeline(
        moments=tuple(moments),
        pos=first.free,
        online=first.holder.level,
        debt=noticed.debt,
        unsure=levels[-1].holder.unsure,
        safety=noticed.safety,
        takes_off=noticed.takes_off,
        told=noticed.told,
        owed=owed,
    )


def _known(noticed: Noticed, lines: Sequence[ProductLine]) -> list[ProductLine]:
    known = [line for line in lines if line.at_ms <= noticed.at_ms]
    has = any(
        line.version == noticed.version and level.variant == noticed.holder.variant
        for line in known
        for level in line.holders
    )
    if noticed.level is not None and not has:
        # Killed before the line was kept: the row of the debt says the same.
        line = ProductLine(
            noticed.at_ms,
            noticed.holder.product,
            Did.RAISED_DEBT,
            version=noticed.version,
            holders=(noticed.level,),
        )
        known.append(line)
    return known


_RANKS = {Ordered: 0, Found: 1, BookedIn: 2, PosMove: 3, Reading: 4, Written: 5, Looked: 6}
"""Of one millisecond: what happened, before what was read of it."""


def _levels(lines: Sequence[ProductLine], variant: PosVariantId | None) -> Iterator[_Level]:
    newest = -1
    answered = [(line.version, line.at_ms) for line in lines if line.did is Did.BOOKED]
    for line in lines:
        for holder in line.holders:
            # A record older than one before says nothing new: the POS answered a stale one.
            if holder.variant == variant and line.version >= newest:
                newest = line.version
                later = [at_ms for version, at_ms in answered if version > line.version]
                yield _Level(line, holder, min(later, default=line.at_ms))


def _moves(levels: Sequence[_Level], booked: Sequence[BookedIn]) -> Iterator[PosMove]:
    for before, after in pairwise(levels):
        versions = before.line.version, after.line.version
        moved = after.free - before.free + _booked_between(booked, *versions)
        if not moved:
            continue
        because = after.line.because
        first = because.first if because else None
        last = because.last if because else None
        at_ms = first.occurred_ms if first else after.read_ms
        yield PosMove(
            at_ms=max(before.read_ms, min(at_ms, after.read_ms)),
            units=moved,
            trigger=first.type if first else "",
            event=first.id if first else "",
            events=because.events if because else 0,
            until_ms=min(last.occurred_ms, after.read_ms) if last else 0,
            version=after.line.version,
        )


def _booked_between(booked: Sequence[BookedIn], before: int, after: int) -> int:
    units: dict[WebOrderId, int] = {}
    taken = 0
    for each in sorted(booked, key=lambda b: b.version):
        if before < each.version <= after:
            taken += each.units - units.get(each.order, 0)
        units[each.order] = each.units
    return taken


def _ours(levels: Sequence[_Level], safety: int) -> Iterator[Moment]:
    for number, each in enumerate(levels):
        line = each.line
        if line.did is Did.LOOKED and line.online is not None:
            yield Looked(line.at_ms, line.online)
        if line.did in _WRITES or number == 0:
            first = line.because.first if line.because else None
            yield Reading(each.read_ms, number, each.raw(safety))
            yield Written(
                line.at_ms,
                number,
                each.holder.level,
                cause_ms=min(first.occurred_ms, each.read_ms) if first else 0,
                received_ms=first.received_ms if first else 0,
                read_ms=each.read_ms,
            )


def _in_record(order: KnownOrder, levels: Sequence[_Level]) -> KnownOrder:
    """Return the order with those of its bookings that the record of the debt contains, and their times:
    before the first record that has them, and when they were answered at the latest."""
    booked = []
    for each in order.booked:
        if each.version > levels[-1].line.version:
            continue  # the POS had it by then, maybe; what the debt was computed from did not
        shown = [level.read_ms for level in levels if level.line.version >= each.version]
        times = [*shown[:1], *([each.at_ms] if each.at_ms else [])]
        if times:
            booked.append(BookedIn(min(times), each.order, each.units, each.version))
    return KnownOrder(order.number, order.ordered, order.found, tuple(booked))


def _is_old(order: KnownOrder, first: _Level) -> bool:
    return bool(order.found) and order.found[0].at_ms <= first.read_ms


def _open_at(order: KnownOrder, first: _Level) -> int:
    owed = [f.units for f in order.found if f.at_ms <= first.read_ms][-1]
    booked = [b.units for b in order.booked if b.version <= first.line.version]
    return max(0, owed - (booked[-1] if booked else 0))


def _of_order(order: KnownOrder, first: _Level, *, before: bool) -> Iterator[Moment]:
    # Of an order that the first record contains in part, only what is open counts from there on.
    if not before:
        yield from order.ordered
        yield from order.found
        yield from order.booked
        return
    has = ([b.units for b in order.booked if b.version <= first.line.version] or [0])[-1]
    later = [f for f in order.found if f.at_ms > first.read_ms]
    for ordered, found in zip(order.ordered[len(order.ordered) - len(later) :], later, strict=True):
        yield replace(ordered, units=max(0, ordered.units - has))
        yield Found(found.at_ms, order.number, max(0, found.units - has))
    for booked in order.booked:
        if booked.version > first.line.version:
            yield BookedIn(booked.at_ms, order.number, booked.units - has, booked.version)
