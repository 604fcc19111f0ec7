"""Why a field of a product has its value: the answer, what led to it, and what can be done."""

from collections.abc import Sequence

from tillbridge.console import product_words
from tillbridge.console.pages.answers import asked, missing, see_other
from tillbridge.console.pages.product_page import (
    Looked,
    looked_at,
    no_product,
    of_pos,
    product_page,
)
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.money_format import PLAIN
from tillbridge.domain.view_rows import POS
from tillbridge.domain.why.answers import since
from tillbridge.domain.why.names import OURS, THEIRS, Named, named
from tillbridge.domain.why.reasons import Reason
from tillbridge.domain.why.words import (
    NOT_KEPT_NOTE,
    holder_words,
    level_words,
    notes,
    value_words,
)
from tillbridge.usecases.console import why as reasons
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.offers import undo_of_field
from tillbridge.usecases.console.product_head import linked_to
from tillbridge.usecases.console.product_shown import ProductShown
from tillbridge.usecases.console.why import FURTHER_LINES, Why

MOST_VARIANTS = 12
"""Variants of which the same can be asked by a link; of others their tab asks."""

_LONGEST_ASKED = 60


def show(visit: Visit, deps: ConsoleDeps, looked: Looked) -> Answer:
    """Answer why a field of a product has its value."""
    found = named(asked(visit, "field"))
    if not found:
        return _no_field(visit, looked)
    variant, further = asked(visit, "variant"), asked(visit, "further") == "1"
    told = reasons.why(
        deps,
        visit.store,
        looked.product,
        looked.number,
        found[0],
        variant=variant,
        further=further,
    )
    if told is None:
        # Where the variant is not known, the product may be.
        if variant:
            return see_other(looked_at(visit, looked, tab="why", field=found[0].label))
        return no_product(visit)
    if told.row is not None and (elsewhere := of_pos(visit, looked, linked_to(told.row))):
        return see_other(elsewhere)
    return _page(visit, deps, told, found, further=further)


def _page(
    visit: Visit, deps: ConsoleDeps, told: Why, found: Sequence[Named], *, further: bool
) -> Answer:
    row = told.row
    pos, web = (row, None) if row and row.side == POS else (None, row)
    reason, how = told.reason, told.connection.money or PLAIN
    return product_page(
        "product_why.html",
        visit,
        deps,
        ProductShown(told.product, told.number, pos, web, connection=told.connection),
        "why",
        told=told,
        reason=reason,
        question=_question(told),
        undo_of=undo_of_field(reason),
        now_has=value_words(reason, reason.value, how),
        before=value_words(reason, reason.before, how),
        notes_of_reason=[each for each in notes(reason, how) if each != NOT_KEPT_NOTE],
        since=since(reason, pos, how),
        level=level_words(reason.level) if reason.level else "",
        answered=product_words.answered,
        lane_text=product_words.lane_text,
        variants=_variants(told),
        fields=[each.label for each in (found if len(found) > 1 else (*OURS, *THEIRS))],
        further=further,
        most=FURTHER_LINES,
        linked=told.link is not None and told.link.is_linked,
    )


def _question(told: Why) -> str:
    reason, how = told.reason, told.connection.money or PLAIN
    what, value = holder_words(reason, told.link), value_words(reason, reason.value, how)
    if not value or len(value) > _LONGEST_ASKED:
        return f"Why is the {what} online as it is?"
    return f"Why is the {what} {value} online?"


def _variants(told: Why) -> Sequence[tuple[str, str, bool]]:
    """Return the product, where that can be asked, and its first variants: id, words, and whether it is asked
    of now."""
    link, reason = told.link, told.reason
    if link is None or not told.variants:
        return ()
    shown = told.variants[:MOST_VARIANTS]
    if reason.variant is not None and reason.variant not in shown:
        shown = (*shown[:-1], reason.variant)
    named_so = [
        (
            str(each),
            _options(Reason(reason.named, reason.standing, each), told),
            each == reason.variant,
        )
        for each in shown
    ]
    of_all = [("", "The product", reason.variant is None)] if reason.level is None else []
    return [*of_all, *named_so]


def _options(reason: Reason, told: Why) -> str:
    return holder_words(reason, told.link).removeprefix(f"{reason.named.label} of ")


def _no_field(visit: Visit, looked: Looked) -> Answer:
    known = ", ".join(each.label for each in (*OURS, *THEIRS))
    return missing(
        visit,
        "No such field",
        f"No field is called so. The fields are: {known}.",
        back=looked_at(visit, looked),
        back_words="Back to the product",
    )
