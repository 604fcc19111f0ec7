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
from tillbridge.domain.claims import Key, claims_of, duplicate_problem
from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import Decision, images_differ
from tillbridge.domain.errors import Problem
from tillbridge.domain.fields import Field
from tillbridge.domain.images import missing_images, sendable_images
from tillbridge.domain.left_out import of_invalid, without
from tillbridge.domain.plan import LinkedItem, Plan, WorkItem
from tillbridge.domain.problems import joined
from tillbridge.domain.validation import problems


def plan(decided: Iterable[tuple[WorkItem, Decision]], settings: Settings) -> Plan:
    """Return the plan for work items with their decisions, in their order; each product may stand
    there once at most."""
    sorted_by: dict[Decision, list[WorkItem]] = {decision: [] for decision in Decision}
    refused: list[tuple[WorkItem, Problem]] = []
    for work, decision in decided:
        carries = decision in _CARRIES_CONTENT and not work.record.deleted
        found = problems(work.record) if carries else []
        left_out = of_invalid(work.record, work.link) if found and work.is_linked else {}
        if left_out:
            sorted_by[decision].append(without(work, joined(found), left_out))
        elif found:
            refused.append((work, joined(found)))
        else:
            sorted_by[decision].append(work)
    creates, duplicates = _without_duplicates(sorted_by[Decision.CREATE])
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
        refused=(*refused, *duplicates),
        creates=tuple(creates),
        restructures=tuple(restructures),
        updates=(*updates, *hides),
        product_batches=product_batches,
        variant_batches=variant_batches,
        image_changes=tuple(
            work
            for work in updates
            if images_differ(work.record, work.link, settings, manual=work.manual)
            or _tries_images(work, settings)
        ),
    )


def _tries_images(work: LinkedItem, settings: Settings) -> bool:
    sends = settings.fields.sends(Field.IMAGES, manual=work.manual)
    wanted = sendable_images(work.record)
    return work.tries_images and sends and bool(missing_images(wanted, work.link))


_CARRIES_CONTENT = (Decision.CREATE, Decision.UPDATE, Decision.RESTRUCTURE)


def _without_duplicates(
    creates: list[WorkItem],
) -> tuple[list[WorkItem], list[tuple[WorkItem, Problem]]]:
    # Of two products with one name the first is created; the second is refused, naming the first,
    # without a call. One whose POST may have arrived counts as first: its create is looked up.
    kept = [work for work in creates if work.is_under_way]
    first: dict[Key, WorkItem] = {
        key: work for work in kept for key in claims_of(work.record, work.link)
    }
    refused: list[tuple[WorkItem, Problem]] = []
    for work in creates:
        if work.is_under_way:
            continue
        claims = claims_of(work.record, work.link)
        holder = next((first[key] for key in claims if key in first), None)
        if holder is None:
            kept.append(work)
            first.update(dict.fromkeys(claims, work))
        else:
            refused.append((work, duplicate_problem(work.record, holder.record)))
    return kept, refused
