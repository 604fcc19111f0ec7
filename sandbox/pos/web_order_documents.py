"""What a change of a web order's booking becomes at the POS: a sale, a return, or an exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from sandbox.pos.levels import LevelChange
from sandbox.pos.model import Level, Product
from sandbox.pos.numbers import quantity_text
from sandbox.pos.web_order_book import ZERO, Booked, HeldOrder, Unit

type Data = dict[str, Any]
type Staged = tuple[list[Product], int]
"""The products that a booking changed, and the newest version."""


class Document(NamedTuple):
    """The event of a document: its type, the names in it, the prefix of its id, and its contents."""

    detail_type: str
    name: str
    id_name: str
    prefix: str
    details: Data


@dataclass(frozen=True, slots=True)
class Change:
    """How the booking of one unit changes."""

    before: Booked
    after: Booked

    @property
    def more(self) -> Decimal:
        """The units that are off the stock in addition; below zero, those that return."""
        return self.after.units - self.before.units

    @property
    def moves(self) -> bool:
        """Whether a level changes, on hand or committed."""
        before, after = self.before, self.after
        return (after.sold, after.committed) != (before.sold, before.committed)

    def of_level(self) -> LevelChange:
        """Return the change of the unit's level."""
        sold = self.after.sold - self.before.sold
        committed = self.after.committed - self.before.committed

        def change(level: Level) -> Level:
            kept = level.committed + committed
            return replace(level, on_hand=level.on_hand - sold, committed=kept)

        return change


def changes_of(
    held: HeldOrder, lines: Mapping[str, tuple[Unit, Decimal]], *, commits: bool
) -> dict[Unit, Change]:
    """Return what to change for these units by line, netted by unit: a line under a new id, or one of
    two with the same unit, makes no difference of its own. A unit that no line has any more returns."""
    wanted: dict[Unit, Decimal] = dict.fromkeys(held.by_unit, ZERO)
    for unit, count in lines.values():
        wanted[unit] = wanted.get(unit, ZERO) + count
    changes: dict[Unit, Change] = {}
    for unit, count in wanted.items():
        before = held.by_unit.get(unit, Booked())
        sold, committed = (ZERO, count) if commits else (count, ZERO)
        changes[unit] = Change(before, Booked(sold, committed, before.version))
    return changes


def kinds_of(changes: Mapping[Unit, Change]) -> list[str]:
    """Return the kinds of documents that changes become; a return of the last unit is a void."""
    out, back = _sides(changes)
    void = not any(change.after.units for change in changes.values())
    return (["sale"] if out else []) + (["void" if void else "return"] if back else [])


def document_of(outlet_id: str, changes: Mapping[Unit, Change]) -> Document:
    """Return the one event that tells of changes."""
    out, back = _sides(changes)
    place = {"outlet_id": outlet_id}
    if out and back:
        both = {**place, "returned": back, "sold": out}
        return Document("exchange.completed", "exchange", "exchange_id", "x-web", both)
    if out:
        sold = {**place, "register_id": "web", "lines": out}
        return Document("sale.completed", "sale", "sale_id", "s-web", sold)
    returned = {**place, "lines": back}
    return Document("refund.completed", "refund", "refund_id", "rf-web", returned)


def _sides(changes: Mapping[Unit, Change]) -> tuple[list[Data], list[Data]]:
    """Return the lines that went out and those that came back. Committed units that are handed over
    go out now, though the POS offered them to nobody before either."""
    out: list[Data] = []
    back: list[Data] = []
    for unit, change in changes.items():
        if not change.moves:
            continue
        count = change.more or change.after.sold - change.before.sold
        if count > 0:
            out.append(_line(unit, count))
        else:
            back.append(_line(unit, -count) | {"restocked": True})
    return out, back


def _line(unit: Unit, count: Decimal) -> Data:
    product_id, variant_id = unit
    named = {"product_id": product_id} | ({"variant_id": variant_id} if variant_id else {})
    return named | {"quantity": quantity_text(count)}
