"""The page of one product, of either side: its fields and variants, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tillbridge.console import product_words, words
from tillbridge.console.pages import product_why
from tillbridge.console.pages.answers import asked, see_other
from tillbridge.console.pages.product_page import (
    Looked,
    looked_at,
    no_product,
    of_pos,
    product_page,
    with_both,
)
from tillbridge.console.visit import Answer, Visit
from tillbridge.domain.errors import BadCursor
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.usecases.console import product_head, product_history, show_product
from tillbridge.usecases.console.deps import ConsoleDeps
from tillbridge.usecases.console.product_shown import ProductShown, VariantShown

A_PAGE = 50
"""Variants of a page."""

MOST_FROM = 100_000


@dataclass(frozen=True, slots=True)
class VariantPage:
    """Some of a product's variants, those that differ first. `before`, `after`: where the page before and the
    next one begin; None: there is none."""

    variants: Sequence[VariantShown]
    first: int
    total: int
    differ: int
    before: int | None
    after: int | None


def product(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show a product of the POS, and the one of BigCommerce that it is linked to."""
    return _shown(visit, deps, Looked(PosProductId(visit.path["product"])))


def web_product(visit: Visit, deps: ConsoleDeps) -> Answer:
    """Show a product of BigCommerce. A linked one is shown under the address of its POS product."""
    return _shown(visit, deps, Looked(number=StoreProductId(int(visit.path["number"]))))


def variant_page(variants: Sequence[VariantShown], begin: int) -> VariantPage:
    """Return the page of variants that begins at a place, or at the last full page before it."""
    apart = [each for each in variants if product_words.variant_status(each).look == "warn"]
    ordered = [*apart, *(each for each in variants if each not in apart)] if apart else variants
    begin = min(max(0, begin), max(0, (len(ordered) - 1) // A_PAGE * A_PAGE))
    end = begin + A_PAGE
    return VariantPage(
        ordered[begin:end],
        begin + 1,
        len(ordered),
        len(apart),
        max(0, begin - A_PAGE) if begin else None,
        end if end < len(ordered) else None,
    )


def _shown(visit: Visit, deps: ConsoleDeps, looked: Looked) -> Answer:
    match asked(visit, "tab"):
        case "history":
            return _history(visit, deps, looked)
        case "why":
            return product_why.show(visit, deps, looked)
        case "variants":
            return _variants(visit, deps, looked)
        case _:
            return _compare(visit, deps, looked)


def _read(visit: Visit, deps: ConsoleDeps, looked: Looked) -> ProductShown | None:
    if looked.number is not None:
        return show_product.show_web_product(deps, visit.store, looked.number)
    return show_product.show_product(deps, visit.store, looked.product or PosProductId(""))


def _compare(visit: Visit, deps: ConsoleDeps, looked: Looked) -> Answer:
    shown = _read(visit, deps, looked)
    if shown is None:
        return no_product(visit)
    if elsewhere := of_pos(visit, looked, shown.product):
        return see_other(elsewhere)
    both = with_both(shown)
    return product_page(
        "product_compare.html",
        visit,
        deps,
        shown,
        "compare",
        groups=product_words.groups(shown.fields, both=both),
        both=both,
        variant=None,
    )


def _variants(visit: Visit, deps: ConsoleDeps, looked: Looked) -> Answer:
    shown = _read(visit, deps, looked)
    if shown is None:
        return no_product(visit)
    if elsewhere := of_pos(visit, looked, shown.product):
        return see_other(elsewhere)
    if wanted := asked(visit, "variant"):
        found = next((each for each in shown.variants if each.variant == wanted), None)
        if found is None:
            return see_other(looked_at(visit, shown, tab="variants"))
        return product_page(
            "product_compare.html",
            visit,
            deps,
            shown,
            "variants",
            groups=product_words.groups(found.fields, both=with_both(shown)),
            both=with_both(shown),
            variant=found,
        )
    begin = asked(visit, "from")
    at = int(begin) if begin.isascii() and begin.isdecimal() and len(begin) < 7 else 0
    return product_page(
        "product_variants.html",
        visit,
        deps,
        shown,
        "variants",
        page=variant_page(shown.variants, min(at, MOST_FROM)),
        variant_status=product_words.variant_status,
        field_of=product_words.field_of,
    )


def _history(visit: Visit, deps: ConsoleDeps, looked: Looked) -> Answer:
    shown = product_head.product_head(deps, visit.store, looked.product, looked.number)
    if shown is not None and (elsewhere := of_pos(visit, looked, shown.product)):
        return see_other(elsewhere)
    of, number = (shown.product, shown.number) if shown else (looked.product, looked.number)
    after = asked(visit, "after")
    try:
        page = product_history.product_history(deps, visit.store, of, number, after=after)
    except BadCursor:
        return see_other(looked_at(visit, looked, tab="history", said="list_changed"))
    if shown is None and not page.lines:
        return no_product(visit)
    return product_page(
        "product_history.html",
        visit,
        deps,
        shown or ProductShown(looked.product, looked.number, None, None),
        "history",
        page=page,
        first=not after,
        said=words.SAID.get(asked(visit, "said")),
        line_look=product_words.line_look,
    )
