"""What happened to a product, line by line, in words for the people of the shop."""

from collections.abc import Mapping, Sequence

from tillbridge.domain.fields import FIELDS
from tillbridge.domain.history.product_line import Did, FieldSent, HolderLevel, ProductLine
from tillbridge.domain.why.reasons import BEGINS, SENDS

MOST_NAMED = 4
"""Fields that a line of the timeline names."""

_DID = {
    Did.CREATED: "created in BigCommerce",
    Did.UPDATED: "sent",
    Did.STOCK: "stock",
    Did.LOOKED: "a look found stock {online} online",
    Did.FOUND: "web order {order}: owes {units}",
    Did.BOOKED: "web order {order}: the POS booked {units}",
    Did.RAISED_DEBT: "more is sold than there is; stock",
    Did.LOWERED_DEBT: "less is missing than before; stock",
    Did.HIDDEN: "hidden online: deleted in the POS",
    Did.REFUSED: "refused: {words}",
    Did.BROKEN: "link broken: {words}",
    Did.PUT_OFF: "waits: {words}",
    Did.LINKED: "linked to #{web}",
    Did.UNLINKED: "unlinked from #{web}",
    Did.IMPORTED: "imported from #{web}",
    Did.UNDONE: "the first push after the link was undone",
    Did.LEFT_OUT: "an import left it out: {words}",
    Did.REPAIRED: "reconcile found it different online",
    Did.ACCEPTED: "accepted as it is online",
    Did.UNCHANGED: "sent again as it was, or nothing was left to do",
}

_STOCK = frozenset({Did.STOCK, Did.RAISED_DEBT, Did.LOWERED_DEBT})


def did_words(line: ProductLine, older: Sequence[ProductLine]) -> str:
    """Return what a line tells. `older`: the lines before it, newest first."""
    order = line.order
    words = _DID[line.did].format(
        online=line.online,
        order=order.order if order else "",
        units=order.units if order else "",
        words=line.words or line.code,
        web=line.web or "",
    )
    if line.did in _STOCK:
        return f"{words} {_levels(line, older)}"
    if line.did in (Did.UPDATED, Did.REPAIRED, Did.ACCEPTED):
        return f"{words}: {_fields(line, older)}"
    return words


def _levels(line: ProductLine, older: Sequence[ProductLine]) -> str:
    levels = ", ".join(_level(each, older) for each in line.holders[:MOST_NAMED])
    more = len(line.holders) - MOST_NAMED + line.more
    return f"{levels}, and {more} more" if more > 0 else levels


def _level(now: HolderLevel, older: Sequence[ProductLine]) -> str:
    """Return a level, and the one before it where that is another and was of the same link."""
    for line in older:
        if line.did in BEGINS or line.did is Did.UNLINKED:
            break
        if line.did not in _STOCK:
            continue
        for before in line.holders:
            if before.variant == now.variant:
                same = before.level == now.level
                return str(now.level) if same else f"{before.level} → {now.level}"
    return str(now.level)


def _fields(line: ProductLine, older: Sequence[ProductLine]) -> str:
    before = _sent_before(older)
    moved = [name for name, value in line.fields.items() if _moved(value, before, name)]
    names = [_label(name) for name in moved]
    each_once = list(dict.fromkeys(names))
    more = len(each_once) - MOST_NAMED
    shown = ", ".join(each_once[:MOST_NAMED])
    return f"{shown}, and {more} more" if more > 0 else shown or "what found no room here"


def _sent_before(older: Sequence[ProductLine]) -> Mapping[str, FieldSent]:
    """Return the values of the push before, of the same link."""
    for line in older:
        if line.did in SENDS and line.fields:
            return line.fields
        if line.did in BEGINS or line.did is Did.UNLINKED:
            break
    return {}


def _moved(value: FieldSent, before: Mapping[str, FieldSent], name: str) -> bool:
    return not value.digest or name not in before or before[name].digest != value.digest


def _label(name: str) -> str:
    wire = name.rpartition(".")[2]
    label = FIELDS[wire].label if wire in FIELDS else wire
    return f"{label} of a variant" if "." in name else label
