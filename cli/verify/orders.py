"""Judging one web order: it is in the book once, and the POS holds it booked once at what it owes."""

from cli.verify.bookings import BOOKED, booked_wrong, named
from cli.verify.order_model import Kept, OrderFinding
from cli.verify.owed import DAY_MS, PENDING
from cli.verify.standing import Standing

POS = "pos"

BROKEN = frozenset(
    {"unreadable", "not_counted", "not_as_shown", "not_in_pos", "booked_twice", "wrong_units",
     "still_booked", "unknown_order", "other_revision"}
)  # fmt: skip
"""The kinds of findings that break a promise. The others name what is under way or needs a person."""

BY_ITSELF = frozenset({"waiting", "not_read_yet"})
"""The kinds that pass by themselves."""

_NOTHING_YET = ("held", "ignored")


def judge(
    order: Standing, mode: str, now_ms: int, patience_ms: int, *, refunded: bool = False
) -> OrderFinding | None:
    """Return what is wrong with an order, or what it waits for; None when nothing is. Every order in
    Tillbridge's book has one entry, so it cannot be there twice. `refunded`: something of it was, lately,
    though that does not show in when it was modified."""
    kept = order.kept
    young = refunded or now_ms - _changed_ms(order) < patience_ms
    if kept is None:
        return _without_entry(order, young=young)
    if not kept.readable:
        return _found(
            order, "unreadable", "What is kept of it cannot be read, so nothing is counted."
        )
    if not _is_counted_as_shown(order, now_ms, patience_ms):
        return _not_as_shown(order, young=young)
    if kept.state == "failed":
        return _found(order, "failed", f"{_how_far(kept)}")
    at_pos = _at_pos(order, kept, young=young) if mode == POS else None
    return at_pos or _unlinked(order)


def _changed_ms(order: Standing) -> int:
    shown = order.shown.modified_ms if order.shown else 0
    return max(shown, order.kept.changed_ms if order.kept else 0)


def _without_entry(order: Standing, *, young: bool) -> OrderFinding | None:
    units = sum(part.now.units for part in order.parts)
    taken = order.taken_off.total()
    if order.shown is None:
        said = f"The POS has taken off {taken} for it, and neither BigCommerce nor Tillbridge knows it."
        return _found(order, "unknown_order", said) if taken else None
    if not units:
        said = f"It owes nothing, and the POS has taken off {taken} for it."
        return _found(order, "still_booked", said) if taken else None
    if young:
        said = "It is not counted yet: orders are read every five minutes. Look again then."
        return _found(order, "not_read_yet", said)
    return _found(
        order,
        "not_counted",
        f"It owes {units} and Tillbridge does not count it, so what it has sold may be sold again. "
        f"`tillbridge orders take {order.order}` counts it.",
    )


def _is_counted_as_shown(order: Standing, now_ms: int, patience_ms: int) -> bool:
    if all(part.now.units == part.counted for part in order.parts):
        return True
    # Time alone ends what is pending, and the next slice notes it.
    shown = order.shown
    ended = shown.placed_ms + DAY_MS if shown and shown.status == PENDING else 0
    return 0 <= now_ms - ended < patience_ms


def _not_as_shown(order: Standing, *, young: bool) -> OrderFinding:
    now, counted = (
        sum(part.now.units for part in order.parts),
        sum(part.counted for part in order.parts),
    )
    said = f"It owes {now} as BigCommerce shows it, and is counted with {counted}."
    if now == counted:
        said = "It owes other units than it is counted with."
    if young:
        return _found(order, "not_read_yet", f"{said} It changed lately. Look again later.")
    return _found(
        order, "not_as_shown", f"{said} `tillbridge orders take {order.order}` reads it once more."
    )


def _at_pos(order: Standing, kept: Kept, *, young: bool) -> OrderFinding | None:
    taken = order.taken_off.total()
    if kept.by_hand:
        said = "It was booked by hand, and the POS has booked it too. See there that it is booked once."
        return _found(order, "by_hand_too", said) if taken else None
    if kept.state != BOOKED and not (kept.state in _NOTHING_YET and taken):
        if kept.state in _NOTHING_YET:
            return None
        kind = "overdue" if kept.late else "waiting"
        return _found(order, kind, f"{_how_far(kept)}")
    wrong = next(booked_wrong(order, kept), None)
    if wrong is not None and young:
        return _found(order, "waiting", f"{wrong[1]} It changed lately. Look again later.")
    return _found(order, *wrong) if wrong else None


def _unlinked(order: Standing) -> OrderFinding | None:
    parts = [part for part in order.parts if part.now.units and not part.holders]
    if not parts:
        return None
    what = ", ".join(map(named, parts))
    are = "is" if len(parts) == 1 else "are"
    said = f"{what} {are} not linked, so no stock is lowered for it. Import or link it, or see to it by hand."
    return _found(order, "not_linked", said)


def _how_far(kept: Kept) -> str:
    return f"{kept.says[:1].upper()}{kept.says[1:]}. {kept.remedy}"


def _found(order: Standing, kind: str, said: str) -> OrderFinding:
    return OrderFinding(order.order, kind, f"Web order {order.order}: {said}")
