"""What of a product may be left out of an update that BigCommerce refuses, so that the rest goes.

One refused name must not hold back a price. Left out is what BigCommerce refuses by itself, and what
it has a value of already: the name, SKUs, codes, texts and amounts of a product, or of a variant that
is online. Options, variants to come and their number are never left out: without them nothing says
what the rest belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tillbridge.domain.capped import capped
from tillbridge.domain.errors import Clash, Problem, Refused
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.ids import PosVariantId
from tillbridge.domain.link import Link
from tillbridge.domain.mapping import all_content, all_variant_content, held_key, held_text
from tillbridge.domain.names import sku_key
from tillbridge.domain.plan import LeftOut, WorkItem
from tillbridge.domain.problem_words import GoesOn, ProblemCode
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.left_out import leaving_out
from tillbridge.domain.validation import problems

_MAY_GO_WITHOUT: Mapping[str, tuple[str, ...]] = {
    ProblemCode.NAME_BLANK: ("name",),
    ProblemCode.NAME_TOO_LONG: ("name",),
    ProblemCode.NAME_TAKEN: ("name",),
    ProblemCode.SKU_BLANK: ("sku",),
    ProblemCode.SKU_REPEATED: ("sku",),
    ProblemCode.SKU_CHARACTERS: ("sku",),
    ProblemCode.SKU_TOO_LONG: ("sku",),
    ProblemCode.SKU_TAKEN: ("sku",),
    ProblemCode.CLASH: ("name", "sku"),
    ProblemCode.PRICE_NEGATIVE: ("price",),
    ProblemCode.COST_NEGATIVE: ("cost_price",),
    ProblemCode.BARCODE_TOO_LONG: ("upc", "gtin"),
}
"""By code, what an update goes without. A text that is too long, or no choice, is named by its
problem."""

_BY_FIELD = (ProblemCode.TEXT_TOO_LONG, ProblemCode.NO_SUCH_CHOICE)
_KEPT_WHOLE = frozenset({"inventory_tracking", "is_visible"})
"""Never left out: without them stock or visibility would be wrong, which is worse than a price."""


def of_invalid(record: Product, link: Link | None) -> Mapping[str, str]:
    """Return the values that BigCommerce can never take, by their keys on the link; empty when one of
    the product's problems is none of a single value."""
    found = problems(record)
    if not all(map(_wires_of, found)):
        return {}
    bare = replace(record, variants=())
    own = problems(bare)
    keys = {wire for problem in own for wire in _wires_of(problem)}
    for variant in record.variants:
        its = [each for each in problems(replace(bare, variants=(variant,))) if each not in own]
        wires = {wire for problem in its for wire in _wires_of(problem)}
        if any(p.code == ProblemCode.SKU_REPEATED for p in found) and _repeats(record, variant.id):
            wires.add("sku")
        keys |= {held_key(variant, wire) for wire in wires}
    return _values(record, link, keys)


def of_refusal(
    work: WorkItem, refusal: Refused, problem: Problem, variant: PosVariantId | None
) -> Mapping[str, str]:
    """Return the values that BigCommerce just refused of a product, by their keys on the link; empty
    when it does not say which. `variant`: they were sent for this variant."""
    if isinstance(refusal, Clash):
        keys = _clashing(work, problem)
    else:
        mine = next((each for each in work.record.variants if each.id == variant), None)
        wires = {wire for name in refusal.fields for wire in _named(name)}
        keys = {held_key(mine, wire) if mine else wire for wire in wires}
    return _values(work.record, work.link, keys)


def without[W: WorkItem](work: W, problem: Problem, values: Mapping[str, str]) -> W:
    """Return the work item of a linked product whose update goes without these values as well."""
    if work.link is None:
        raise ValueError(f"{work.product} is not linked")
    before = work.left_out
    if before is not None:
        words = " ".join(dict.fromkeys((_bare(before.problem.words), problem.words)))
        problem = replace(before.problem, words=words)
        values = {**before.values, **values}
    told = replace(problem, words=capped(problem.words, GoesOn.REST))
    left_out = LeftOut(told, values)
    return replace(work, link=leaving_out(work.link, values), left_out=left_out)


def _bare(words: str) -> str:
    return words.replace(GoesOn.REST, "").rstrip()


def _wires_of(problem: Problem) -> tuple[str, ...]:
    if problem.code in _BY_FIELD:
        return (problem.field,)
    return _MAY_GO_WITHOUT.get(problem.code, ())


def _named(name: str) -> Iterable[str]:
    # BigCommerce names a field of an item of a batch by its path: '0.price'.
    wire = name.rpartition(".")[2]
    return () if wire not in FIELDS or wire in _KEPT_WHOLE else (wire,)


def _clashing(work: WorkItem, problem: Problem) -> set[str]:
    wires, link = _wires_of(problem), work.link
    keys = {"name"} & set(wires)
    if "sku" not in wires or link is None:
        return keys
    had = {"sku": link.sku, **{f"{key}.sku": each.sku for key, each in link.variants.items()}}
    sent = {
        "sku": all_content(work.record, link).get("sku"),
        **{
            held_key(each, "sku"): all_variant_content(each, link).get("sku")
            for each in work.record.variants
        },
    }
    # A SKU that was sent before is its own; one that is new may be somebody else's.
    new = {key for key, sku in sent.items() if sku and sku_key(sku) != sku_key(had.get(key, ""))}
    return keys | (new or {key for key, sku in sent.items() if sku})


def _repeats(record: Product, variant: PosVariantId) -> bool:
    mine = next(each.sku for each in record.variants if each.id == variant)
    return sum(sku_key(each.sku) == sku_key(mine) for each in record.variants) > 1


def _values(record: Product, link: Link | None, keys: set[str]) -> Mapping[str, str]:
    sent = all_content(record, link)
    for variant in record.variants:
        if link is not None and variant.id in link.variants:
            content = all_variant_content(variant, link)
            sent |= {held_key(variant, wire): value for wire, value in content.items()}
        elif any(held_key(variant, wire) in keys for wire in FIELDS):
            return {}  # a variant to come cannot go without it
    return {key: held_text(sent[key]) for key in keys if key in sent}
