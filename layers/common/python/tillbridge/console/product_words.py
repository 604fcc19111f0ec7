"""What the pages of a product call things: who owns a field, how its sides stand, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillbridge.console.words import Status, lane_words
from tillbridge.domain.call_made import PARTLY_SAVED, CallMade
from tillbridge.domain.field_policy import Mode
from tillbridge.domain.history.product_line import FAILURES, Did
from tillbridge.domain.lanes import ENTRY, Lane
from tillbridge.domain.why.events import event_words
from tillbridge.usecases.console.product_shown import (
    FieldShown,
    FieldState,
    VariantShown,
    WaitingShown,
)

TABS = {"compare": "Compare", "variants": "Variants", "history": "History"}

MONEY = frozenset({"price", "cost", "MSRP", "sale price"})
"""Labels of fields whose values are money."""

CODES = frozenset({"SKU", "UPC", "GTIN", "manufacturer part number", "bin picking number"})
"""Labels of fields whose values are codes, which are read letter by letter."""

_OWNERS: Mapping[Mode, str] = {
    Mode.ON: "POS, always",
    Mode.MANUAL: "POS, by hand only",
    Mode.CREATE: "POS, at creation",
    Mode.OFF: "BigCommerce, by setting",
}
_STATES: Mapping[FieldState, Status] = {
    FieldState.SAME: Status("Same", "same", "soft"),
    FieldState.DIFFERS: Status("Differs", "differs", "warn"),
    FieldState.WAITS: Status("On its way", "clock", "warn"),
    FieldState.ON_PURPOSE: Status("Differs on purpose", "purpose", "soft"),
    FieldState.NOT_OURS: Status("Not ours", "lock", "soft"),
    FieldState.UNKNOWN: Status("Not known", "ring", "soft"),
}
_APART = (FieldState.DIFFERS, FieldState.WAITS)

_ICONS: Mapping[Did, str] = {
    Did.CREATED: "plus",
    Did.UPDATED: "tick",
    Did.STOCK: "tick",
    Did.LOOKED: "eye",
    Did.FOUND: "box",
    Did.BOOKED: "till",
    Did.RAISED_DEBT: "triangle",
    Did.LOWERED_DEBT: "tick",
    Did.HIDDEN: "barred",
    Did.REFUSED: "triangle",
    Did.BROKEN: "torn",
    Did.PUT_OFF: "clock",
    Did.LINKED: "link",
    Did.UNLINKED: "torn",
    Did.IMPORTED: "import",
    Did.UNDONE: "back",
    Did.LEFT_OUT: "barred",
    Did.REPAIRED: "differs",
    Did.ACCEPTED: "purpose",
    Did.UNCHANGED: "same",
}
_GOOD = frozenset({Did.CREATED, Did.UPDATED, Did.STOCK, Did.LINKED, Did.IMPORTED})
_AMBER = frozenset({Did.PUT_OFF, Did.RAISED_DEBT, Did.REPAIRED})


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under one line."""

    title: str
    fields: tuple[FieldShown, ...]


def owner_words(field: FieldShown) -> str:
    """Return whose a field is, and when it is sent."""
    return "BigCommerce" if field.mode is None else _OWNERS[field.mode]


def field_status(field: FieldShown) -> Status:
    """Return how the two sides of a field stand."""
    return _STATES[field.state]


def differs(fields: Sequence[FieldShown]) -> tuple[FieldShown, ...]:
    """Return the fields whose sides are not the same though they should be."""
    return tuple(each for each in fields if each.state in _APART)


def groups(fields: Sequence[FieldShown], *, both: bool) -> Sequence[Group]:
    """Return the fields as they are read: what differs first, then what need not be looked at, then what is never
    sent; no group where nothing of either side was read. `both`: the product is on both sides."""
    if all(each.pos is None and each.online is None for each in fields):
        return ()
    apart = differs(fields)
    theirs = tuple(each for each in fields if each.mode is None)
    rest = tuple(each for each in fields if each not in apart and each.mode is not None)
    alone = (
        "What a push sends" if any(each.pos is not None for each in fields) else "What it has there"
    )
    title = f"{len(apart)} differ{'s' if len(apart) == 1 else ''}"
    found = [
        Group(title if apart else "Nothing differs", apart) if both else Group("", apart),
        Group("The same, or different on purpose" if both else alone, rest),
        Group("BigCommerce's own, never sent", theirs),
    ]
    return [each for each in found if each.fields or (both and each is found[0])]


def variant_status(variant: VariantShown) -> Status:
    """Return how a variant's two sides stand, and what differs."""
    apart = differs(variant.fields)
    level = variant.level
    labels = [each.label for each in apart]
    if level and None not in (level.level, level.online) and level.level != level.online:
        labels += ["stock"] if "stock" not in labels else []
    if labels:
        return Status("Differs", "differs", "warn", ", ".join(labels))
    if variant.number is None:
        return Status("Not online", "ring", "soft")
    if variant.variant is None:
        return Status("Online alone", "ring", "soft")
    return Status("Same", "same", "soft")


def field_of(variant: VariantShown, label: str) -> FieldShown | None:
    """Return a field of a variant by its label."""
    return next((each for each in variant.fields if each.label == label), None)


def waiting_words(waiting: WaitingShown) -> str:
    """Return what waits and because of what, as the words after its time."""
    because = ", ".join(dict.fromkeys(map(event_words, waiting.because)))
    words = [f"because of {because}"] if because else []
    if waiting.by:
        words.append(f"asked for by {waiting.by}")
    if waiting.attempts:
        words.append("tried once" if waiting.attempts == 1 else f"tried {waiting.attempts} times")
    return ", ".join(words)


def waiting_title(waiting: WaitingShown) -> str:
    """Return what waits, as a sentence begins."""
    return ENTRY[waiting.lane].waits or f"It waits in the lane “{lane_words(waiting.lane)}”"


def lane_text(lane: str) -> str:
    """Return a lane that a line of history names."""
    return lane_words(Lane(lane)) if lane in set(Lane) else lane


def line_look(did: Did) -> Status:
    """Return icon and colour of what happened."""
    look = "bad" if did in FAILURES else "warn" if did in _AMBER else "ok" if did in _GOOD else ""
    return Status("", _ICONS[did], look or "soft")


def answered(call: CallMade) -> Status:
    """Return what BigCommerce answered."""
    if not call.status:
        return Status("No answer", "triangle", "bad")
    if call.status == PARTLY_SAVED:
        return Status(f"{call.status}, taken in part", "triangle", "warn")
    if call.arrived:
        return Status(f"{call.status}, taken", "tick", "ok")
    return Status(f"{call.status}, refused", "triangle", "bad")


def sentence(words: str) -> str:
    """Return words with a capital letter at their beginning."""
    return words[:1].upper() + words[1:]
