"""An order is found, or found again: what it owes now, and what the POS is to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tillbridge.domain.ids import StoreProductId, StoreVariantId
from tillbridge.domain.web_orders.accounts import Holder, LineAccount
from tillbridge.domain.web_orders.entry import (
    EntryLine,
    Left,
    OrderEntry,
    line_key,
    sent_units,
)
from tillbridge.domain.web_orders.netting import Change, netted
from tillbridge.domain.web_orders.news import numbered
from tillbridge.domain.web_orders.owed import Counts, owed
from tillbridge.domain.web_orders.shown import WebLine, WebOrder
from tillbridge.domain.web_orders.told import told, told_line

CHANGED_SINCE = (
    "Web order {number} changed after it was booked by hand. Book the difference in the POS, then say"
    " that it is booked."
)

type Holders = Mapping[tuple[StoreProductId, StoreVariantId | None], Holder]
"""What holds the stock of BigCommerce's products and variants, as far as they are linked."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known when orders are read: our time (epoch ms), what holds the stock of their lines,
    and the outlet where web orders are booked."""

    now_ms: int
    holders: Holders
    outlet: str


def found(before: OrderEntry | None, order: WebOrder, sight: Sight) -> OrderEntry:
    """Return the entry of an order that BigCommerce shows. What it shows older than the entry changes
    nothing; equal times do not mean that nothing changed, since not every change moves them."""
    if before is not None and order.modified_ms < before.order.modified_ms:
        return before
    lines = (*_shown(before, order, sight), *_gone(before, order))
    if before is None:
        return _retold(OrderEntry(order, lines, since_ms=sight.now_ms), sight.outlet)
    entry = replace(before, order=order, lines=lines)
    if _owes(before) != _owes(entry):
        changed = _changed(entry)
        entry = replace(entry, since_ms=sight.now_ms, refusal=changed, settled=False)
    return numbered(before, _retold(entry, sight.outlet))


def _owes(entry: OrderEntry) -> dict[tuple[object, ...], int]:
    return {line.key: line.account.owed for line in entry.lines if line.account.owed}


def _changed(entry: OrderEntry) -> str:
    """Return what to tell people of an order whose units changed: if somebody booked it by hand, the
    POS knows no such order, and being told of it would book the whole of it once more."""
    if not entry.by_hand:
        return entry.refusal
    return CHANGED_SINCE.format(number=entry.order.number or entry.order.id)


def _shown(before: OrderEntry | None, order: WebOrder, sight: Sight) -> list[EntryLine]:
    known = {line.key: line for line in before.lines} if before else {}
    return [_line(known.get(line_key(line)), line, order, sight) for line in order.lines]


def _line(before: EntryLine | None, line: WebLine, order: WebOrder, sight: Sight) -> EntryLine:
    owes = owed(order, line, sight.now_ms)
    # A line keeps what holds its stock once that is known: what is booked of it was booked there.
    holder = (before.account.holder if before else None) or _holder(line, sight.holders)
    account = LineAccount(order.id, line.id, holder, owes.units, line.sku)
    if before is not None:
        account = replace(before.account, holder=holder, owed=owes.units, sku=line.sku)
    left = before.left if before else ()
    if line.shipped > max((each.units for each in left), default=0):
        left = (*left, Left(order.modified_ms, line.shipped))
    return EntryLine(line, account, owes.counts, left)


def _holder(line: WebLine, holders: Holders) -> Holder | None:
    if line.product is None:
        return None
    # BigCommerce names a variant even of a product that comes in one form only.
    return holders.get((line.product, line.variant)) or holders.get((line.product, None))


def _gone(before: OrderEntry | None, order: WebOrder) -> list[EntryLine]:
    there = {line_key(line) for line in order.lines}
    lines = before.lines if before else ()
    return [
        replace(line, account=replace(line.account, owed=0))
        for line in lines
        if line.key not in there
    ]


def _retold(entry: OrderEntry, outlet: str) -> OrderEntry:
    """Return the entry with a new revision if what the POS is told changed. It is told nothing of an
    order that owes it nothing and that it was never told of."""
    lines = [line for line in entry.lines if _is_told(entry, line)]
    units = netted(
        [
            Change(
                line.account.holder or line.key,
                sent_units(entry, line.key, line.account.holder),
                line.account.owed if line.counts is not Counts.HELD or entry.sent else 0,
            )
            for line in lines
        ]
    )
    now = told(
        entry.order,
        [
            told_line(line.shown, line.account.holder, each)
            for line, each in zip(lines, units, strict=True)
        ],
        entry.told.outlet if entry.told else outlet,
        entry.revision,
    )
    if now == entry.told or (entry.told is None and not any(units)):
        return entry
    refusal = entry.refusal if entry.by_hand else ""
    return replace(entry, told=replace(now, revision=entry.revision + 1), refusal=refusal)


def _is_told(entry: OrderEntry, line: EntryLine) -> bool:
    owes = line.counts in (Counts.COUNTED, Counts.HELD, Counts.GIVEN_UP) and line.account.owed
    return bool(owes or sent_units(entry, line.key, line.account.holder) or _was_told(entry, line))


def _was_told(entry: OrderEntry, line: EntryLine) -> bool:
    lines = entry.told.lines if entry.told else ()
    return any((each.line, each.holder) == (line.shown.id, line.account.holder) for each in lines)
