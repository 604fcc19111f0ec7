"""Why a field has its value, as one sentence that a shopkeeper reads at a glance."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tillbridge.domain.field_policy import Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.history.fields_sent import LONGEST_VALUE
from tillbridge.domain.history.product_line import Did, ProductLine
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.money_words import money
from tillbridge.domain.view_rows import ViewRow
from tillbridge.domain.why.events import because_words, who
from tillbridge.domain.why.reasons import Reason, Standing
from tillbridge.domain.why.words import standing_words

_BY_A_PERSON = {
    "push.requested": "{who} pushed it",
    "link": "{who} linked it",
    "undo": "{who} undid its first push",
    "import": "{who} imported it",
}
"""What a person did, by the type of the event that their request became."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence in three parts: what was done, when (epoch ms, 0: that is not said), and the rest with its full
    stop. `early`: it may have been done before, too, by lines that are no longer kept or were not read."""

    did: str
    at_ms: int = 0
    rest: str = "."
    early: bool = False


def answer(reason: Reason, *, linked: bool, more: bool) -> Answer:
    """Return why a field has its value. `linked`: the product is; `more`: there are older lines that were not
    read."""
    if not linked and reason.named.field is not None:
        return Answer("It is not linked, so Tillbridge sends nothing of it", rest=".")
    line = reason.line
    if reason.standing is Standing.SENT and line is not None:
        return _sent(reason, line)
    if reason.standing is Standing.UNDONE and line is not None:
        did = _person(line) or "An undo wrote it back"
        return Answer(did, line.at_ms, ", and BigCommerce has again what it had before.")
    if reason.standing is Standing.CAME_IN and line is not None:
        how = "imported" if line.did is Did.IMPORTED else "linked"
        did = f"It was online already when the product was {how}"
        return Answer(did, line.at_ms, ", and no push has sent another since.")
    if reason.standing is Standing.OLDER and more and reason.mode is not Mode.OFF:
        return Answer("None of the newest lines sent it: it is older than what was read here")
    return Answer(standing_words(reason).removesuffix("."))


def since(reason: Reason, row: ViewRow | None, how: MoneyFormat | None = None) -> str:
    """Return what the POS has by now instead of the value that was sent, as a sentence; "" where it has the same, or
    where its row in the view does not say. `row`: of the POS product; `how`: a store writes money."""
    if row is None or reason.standing is not Standing.SENT or reason.variant or not reason.value:
        return ""
    now = _in_row(reason, row)
    was = reason.value.value
    if not now or not was or same_text(now, was):
        return ""
    words = money(now, how) if reason.named.field is Field.PRICE else now
    on_its_way = ", which is not sent yet" if reason.mode is Mode.ON and reason.held is None else ""
    return f"The POS has {words} now{on_its_way}."


def _in_row(reason: Reason, row: ViewRow) -> str:
    if reason.named.field is Field.PRICE:
        return "" if row.price_to else row.price  # a range is that of its variants
    if reason.named.field is Field.NAME:
        return row.name
    return row.sku if reason.named.field is Field.SKU else ""


def same_text(one: str, other: str) -> bool:
    """Return whether two texts are the same value: as numbers, or where one is the beginning of the other, as
    history keeps it."""
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        cut = len(other) == LONGEST_VALUE
        return one.startswith(other) if cut else one == other


def _sent(reason: Reason, line: ProductLine) -> Answer:
    early = not reason.sure
    if did := _person(line):
        return Answer(did, line.at_ms, early=early)
    because = because_words(line)
    did = (
        "Tillbridge created it with this value" if line.did is Did.CREATED else "Tillbridge sent it"
    )
    return Answer(did, line.at_ms, f" {because}." if because else ".", early)


def _person(line: ProductLine) -> str:
    """Return what a person did; "" where it was not a person, or not one whose request is known."""
    person, kind = who(line), line.because.last.type if line.because else ""
    return _BY_A_PERSON[kind].format(who=person) if person and kind in _BY_A_PERSON else ""
