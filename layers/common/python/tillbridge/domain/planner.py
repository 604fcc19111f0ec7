"""The planner: links + POS records + field policy -> the fewest calls. Pure."""

from collections.abc import Iterable

from tillbridge.domain.batching import (
    batches_of,
    hiding,
    product_updates,
    renames,
    variant_renames,
    variant_updates,
)
from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import Decision, images_differ
from tillbridge.domain.errors import Problem
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.mapping import product_sku, variant_sku
from tillbridge.domain.names import clean_name, name_key, sku_key
from tillbridge.domain.ordering import Key
from tillbridge.domain.plan import Plan, Work
from tillbridge.domain.product import Product
from tillbridge.domain.validation import problems


def plan(decided: Iterable[tuple[Work, Decision]], settings: Settings) -> Plan:
    """Return the plan for work that `decide` was asked about, in its order; each product at most
    once."""
    sorted_by: dict[Decision, list[Work]] = {decision: [] for decision in Decision}
    refused: list[tuple[Work, Problem]] = []
    for work, decision in decided:
        carries = decision in _CARRIES_CONTENT and not work.record.deleted
        found = problems(work.record) if carries else []
        if found:
            refused.append((work, _joined(found)))
        else:
            sorted_by[decision].append(work)
    creates, twins = _without_twins(sorted_by[Decision.CREATE])
    updates = [work.linked() for work in sorted_by[Decision.UPDATE]]
    hides = [work.linked() for work in sorted_by[Decision.HIDE]]
    restructures = [work.linked() for work in sorted_by[Decision.RESTRUCTURE]]
    product_batches, variant_batches = batches_of(
        [
            *product_updates(updates, settings),
            *hiding(hides),
            *renames(restructures, settings),
        ],
        [
            *variant_updates(updates, settings),
            *variant_renames(restructures, settings),
        ],
    )
    return Plan(
        skipped=tuple(sorted_by[Decision.SKIP]),
        refused=(*refused, *twins),
        creates=tuple(creates),
        restructures=tuple(restructures),
        updates=(*updates, *hides),
        product_batches=product_batches,
        variant_batches=variant_batches,
        image_changes=tuple(
            work
            for work in updates
            if images_differ(work.record, work.link, settings, manual=work.manual)
        ),
    )


_CARRIES_CONTENT = (Decision.CREATE, Decision.UPDATE, Decision.RESTRUCTURE)


def _joined(found: list[Problem]) -> Problem:
    first = found[0]
    words = " ".join(dict.fromkeys(problem.words for problem in found))
    return Problem(first.code, words, first.field)


def _without_twins(creates: list[Work]) -> tuple[list[Work], list[tuple[Work, Problem]]]:
    # Two products of one name: the first goes, the second is refused naming the first, without
    # spending a call on it. One whose POST may have arrived comes first, and is looked up.
    kept = [work for work in creates if is_under_way(work)]
    first: dict[Key, Work] = {
        key: work for work in kept for key in claims_of(work.record, work.link)
    }
    refused: list[tuple[Work, Problem]] = []
    for work in creates:
        if is_under_way(work):
            continue
        claims = claims_of(work.record, work.link)
        twin = next((first[key] for key in claims if key in first), None)
        if twin is None:
            kept.append(work)
            first.update(dict.fromkeys(claims, work))
        else:
            refused.append((work, twin_problem(work.record, twin.record)))
    return kept, refused


def is_under_way(work: Work) -> bool:
    """Whether a create of this product was begun and not ended."""
    return work.link is not None and work.link.status is LinkStatus.CREATING


def claims_of(record: Product, link: Link | None = None) -> list[Key]:
    """The keys a product claims in the store: its name and every SKU."""
    skus = [product_sku(record, link), *(variant_sku(v, link) for v in record.variants)]
    return [
        ("name", name_key(record.name)),
        *(("sku", sku_key(sku)) for sku in skus if sku.strip()),
    ]


def twin_problem(record: Product, other: Product) -> Problem:
    """The words for a product whose name or SKU another POS product already has."""
    if name_key(record.name) == name_key(other.name):
        return Problem(
            "name_taken",
            f"The POS product '{clean_name(other.name)}' ({other.id}) already has this name, and "
            "BigCommerce takes a name only once. Rename one of them.",
            "name",
            blocked_by=other.id,
        )
    shared = {key for key in claims_of(record) if key[0] == "sku"} & set(claims_of(other))
    sku = next(iter(shared))[1] if shared else record.sku
    return Problem(
        "sku_taken",
        f"The POS product '{clean_name(other.name)}' ({other.id}) already has the SKU '{sku}', and "
        "BigCommerce takes a SKU only once. Change one of them.",
        "sku",
        blocked_by=other.id,
    )
