"""Why a field has its value, in words for the people of the shop."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR

from tillbridge.domain.field_policy import Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.history.fields_sent import LONGEST_VALUE
from tillbridge.domain.history.packing import BLANK_DIGEST
from tillbridge.domain.history.product_line import FieldSent, HolderLevel, ProductLine
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.money_words import money
from tillbridge.domain.why.events import at, because_of, event_rows, who
from tillbridge.domain.why.names import IMAGES
from tillbridge.domain.why.reasons import Reason, Standing

_OF_MONEY = (Field.PRICE, Field.COST)
_YES = {"True": "yes", "False": "no"}

NOT_KEPT_NOTE = "A look at both sides: tillbridge reconcile --dry-run, then tillbridge drift."

_MODES = {
    Mode.OFF: "This store's settings do not send it ({name}=off).",
    Mode.MANUAL: "This store's settings send it only when a person pushes ({name}=manual).",
    Mode.CREATE: "This store's settings send it only when a product is created ({name}=create).",
}


def value_words(reason: Reason, value: FieldSent | None, how: MoneyFormat | None = None) -> str:
    """Return a value that a field has, or had, as people read it; money as a store writes it (`how`)."""
    if value is None:
        return ""
    of_money = reason.named.field in _OF_MONEY
    if not value.value:
        if value.digest not in (BLANK_DIGEST, ""):
            return "(too long to be kept)"
        return "(the product's)" if reason.variant and of_money else "(blank)"
    cut = "…" if len(value.value) == LONGEST_VALUE else ""
    words = _YES.get(value.value, value.value) + cut
    return money(words, how) if of_money else words


def standing_words(reason: Reason) -> str:
    """Return in a sentence what is known of a value."""
    match reason.standing:
        case Standing.THEIRS:
            return "BigCommerce owns it; Tillbridge never sends it."
        case Standing.NOT_KEPT:
            what = "Pictures" if reason.named == IMAGES else "Categories"
            return f"{what} are not kept in the history."
        case Standing.OLDER if reason.mode is Mode.OFF:
            return "Tillbridge sent none. What is online is BigCommerce's own."
        case Standing.OLDER:
            return "No push of the last 90 days is kept that sent it anew: it is older than that."
        case Standing.NONE:
            return "No push has sent one: the POS has none that could be sent."
        case Standing.CAME_IN:
            return "It was online when the product was linked, and no push has sent another since."
        case Standing.UNDONE:
            return "An undo wrote it back: it is what BigCommerce had before the first push."
        case Standing.SENT:
            return "A push sent it."


_IN_SHORT = {
    Standing.NOT_KEPT: "not kept",
    Standing.NONE: "the POS has none",
    Standing.OLDER: "older than is kept",
    Standing.CAME_IN: "online when linked",
    Standing.UNDONE: "written back by an undo",
}


def in_short(reason: Reason) -> str:
    """Return in a few words why a field has its value."""
    if reason.line is None and reason.mode is Mode.OFF and reason.named.field:
        return f"not sent ({reason.named.field}=off)"
    because = because_of(reason.line) if reason.line else ""
    words = _IN_SHORT.get(reason.standing) or because or "a push"
    return words if reason.held is None else f"{words}; BigCommerce keeps its own"


def reason_rows(reason: Reason) -> Iterator[tuple[str, str]]:
    """Yield what is known of a value, each with what it is."""
    yield "what", standing_words(reason)
    line = reason.line
    if line is not None:
        yield "since", at(line.at_ms) + ("" if reason.sure else ", or earlier than is kept")
        if reason.before is not None:
            yield "before", value_words(reason, reason.before)
        if because := because_of(line):
            yield "because of", because
        yield from event_rows(line.because)
        if person := who(line):
            yield "asked by", person
        if line.lane:
            yield "lane", line.lane
    if reason.level is not None:
        yield "the sum", level_words(reason.level)
    for note in notes(reason):
        yield "note", note


def level_words(level: HolderLevel) -> str:
    """Return how a level came about: what the POS has, less what is promised and kept back."""
    free = int((level.on_hand - level.committed).to_integral_value(ROUND_FLOOR))
    units = free - level.web_units
    told = (
        f"on hand {level.on_hand.normalize():f}, committed {level.committed.normalize():f}, "
        f"promised on the web {level.web_units}"
    )
    if units < 0:
        return f"{told} = {units}: {-units} more than there are, so 0 is shown"
    return f"{told}, safety stock {units - level.level} = {level.level}"


def notes(reason: Reason, how: MoneyFormat | None = None) -> Iterator[str]:
    """Yield what else is to be known of a value; money as a store writes it (`how`)."""
    field = reason.named.field
    if field is not None and reason.mode in _MODES:
        yield _MODES[reason.mode].format(name=field.value)
    if reason.held is not None:
        held = money(reason.held, how) if how and field in _OF_MONEY else reason.held
        yield (
            f"BigCommerce keeps its own value until the POS's changes, which is "
            f"'{held or '(blank)'}'."
        )
    for line, value in reason.aside:
        yield _aside(line, value_words(reason, value, how))
    if reason.named.label == "visibility" and reason.standing is Standing.SENT:
        yield "Web staff may have changed it since: it is sent only when the POS changes it."
    if reason.cut:
        yield "Some lines had no room for every value, so a change may be missing here."
    if reason.standing in (Standing.OLDER, Standing.NOT_KEPT) and reason.mode is not Mode.OFF:
        yield NOT_KEPT_NOTE


def _aside(line: ProductLine, had: str) -> str:
    when = at(line.at_ms)
    if line.did.value == "accepted":
        return f"{when}: {line.by or 'a person'} accepted that BigCommerce has '{had}'."
    return f"{when}: reconcile found '{had}' online, and had it pushed again."


def product_notes(product: str, link: Link | None, lines: Sequence[ProductLine]) -> Iterator[str]:
    """Yield what keeps a product from being pushed, and what to do. `lines`: newest first."""
    if link is None:
        yield f"It is not linked, so nothing of it is sent. To create it online: tillbridge push {product}"
    elif link.status is LinkStatus.CREATING:
        yield "It is being created in BigCommerce right now."
    elif link.problem is not None:
        yield link.problem.words
    yield from (*link.notes, *link.odd_counts) if link else ()
    newest = lines[0] if lines else None
    if newest is not None and newest.did.value == "put_off":
        yield f"It waits since {at(newest.at_ms)}: {newest.words}"


def holder_words(reason: Reason, link: Link | None) -> str:
    """Return what a reason is about: the field, and the variant's options."""
    if reason.variant is None:
        return reason.named.label
    linked = link.variants.get(reason.variant) if link else None
    options = ", ".join(value for _, value in linked.options) if linked else ""
    return f"{reason.named.label} of {options or reason.variant}"
