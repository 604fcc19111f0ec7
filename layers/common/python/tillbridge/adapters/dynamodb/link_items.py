"""Links as items. Content, stock, images and creation have attributes of their own, so that none of
their writers overwrites another's."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tillbridge.adapters.dynamodb.attributes import Item, from_item
from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.link import Doubt, Link, LinkedVariant, LinkStatus, Part, SentImage

LONGEST_TEXT = 2_000
"""The most characters kept of a name and of a problem's words. What is refused may be of any length, and
so may the words that quote it; people read the beginning."""


def link_values(link: Link) -> dict[str, Any]:
    """Return every attribute of a link."""
    return {
        "product": link.product,
        "id": link.id,
        "assigned": link.assigned,
        "highest_id": link.highest_id,
        "creating_ms": link.creating_ms,
        "came_with_sku": link.came_with_sku,
        **content_values(link),
        **image_values(link),
        **stock_values(link),
        **refusal_values(link),
    }


def accepted_values(link: Link) -> dict[str, Any]:
    """Return what a push of content writes: the content, and whether a value of it was refused.
    Levels stay, except where the link knows none because its variants were made again: then all are
    deleted, so that the stock is sent again."""
    unknown = link.level is None and all(v.level is None for v in link.variants.values())
    return {
        **content_values(link),
        **({"level": None, "levels": {}} if unknown else {}),
        **refusal_values(link),
    }


def content_values(link: Link) -> dict[str, Any]:
    """Return the attributes that content writers own. All variants are one map, because 600 items
    would not fit one transaction."""
    return {
        "variants": {
            pos_id: {
                "id": variant.id,
                "sku": variant.sku,
                "fingerprint": variant.fingerprint,
                "alone": variant.alone,
                "options": [list(pair) for pair in variant.options],
            }
            for pos_id, variant in link.variants.items()
        },
        "name": link.name[:LONGEST_TEXT],
        "sku": link.sku,
        "content_version": link.content_version,
        "fingerprint": link.fingerprint,
        "visible": link.visible,
        "tracking": link.tracking,
        "notes": list(link.notes),
        "held": dict(link.held),
    }


def image_values(link: Link) -> dict[str, Any]:
    """Return the attributes that writers of images own."""
    return {
        "images": [[image.url, image.id] for image in link.images],
        "images_seen": None if link.images_seen is None else list(link.images_seen),
        "images_sent": list(link.images_sent),
    }


def stock_values(link: Link) -> dict[str, Any]:
    """Return the attributes that stock writers own. Levels are keyed by BigCommerce's variant id: a
    variant that was made again has no stock yet, whatever the old one had."""
    return {
        "level": link.level,
        "levels": {str(v.id): v.level for v in link.variants.values() if v.level is not None},
        "debt": link.debt,
        "odd_counts": list(link.odd_counts),
        "stock_version": link.stock_version,
    }


def doubt_values(link: Link) -> dict[str, Any]:
    """Return the doubtful parts of a link, each with when the doubt began and ends (epoch ms)."""
    return {
        "doubts": {
            part.value: [doubt.since_ms, doubt.late_until_ms] for part, doubt in link.doubts.items()
        }
    }


def refusal_values(link: Link) -> dict[str, Any]:
    """Return the attributes that a refusal writes."""
    return {
        **doubt_values(link),
        "status": link.status.value,
        "problem": _problem_values(link.problem) if link.problem else None,
        "failed_version": link.failed_version,
    }


def _problem_values(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "words": problem.words[:LONGEST_TEXT]}


def link_of(item: Item) -> Link:
    """Return the link that an item holds."""
    values = from_item(item)
    problem = values.get("problem")
    return Link(
        product=PosProductId(values["product"]),
        status=LinkStatus(values["status"]),
        id=StoreProductId(values["id"]) if "id" in values else None,
        variants=_variants(values["variants"], values["levels"]),
        name=values["name"],
        sku=values["sku"],
        content_version=values["content_version"],
        stock_version=values["stock_version"],
        fingerprint=values["fingerprint"],
        visible=values.get("visible"),
        tracking=values["tracking"],
        level=values.get("level"),
        debt=values["debt"],
        odd_counts=tuple(values.get("odd_counts", ())),
        images=tuple(SentImage(url, image) for url, image in values["images"]),
        images_seen=tuple(values["images_seen"]) if "images_seen" in values else None,
        images_sent=tuple(values.get("images_sent", ())),
        assigned=values["assigned"],
        highest_id=values["highest_id"],
        creating_ms=values["creating_ms"],
        problem=Problem(**problem) if problem else None,
        failed_version=values["failed_version"],
        notes=tuple(values["notes"]),
        held=values["held"],
        came_with_sku=values["came_with_sku"],
        doubts={
            Part(part): Doubt(since, late_until)
            for part, (since, late_until) in values.get("doubts", {}).items()
        },
    )


def _variants(
    variants: Mapping[str, Any], levels: Mapping[str, int]
) -> dict[PosVariantId, LinkedVariant]:
    return {
        PosVariantId(pos_id): LinkedVariant(
            id=StoreVariantId(variant["id"]),
            sku=variant["sku"],
            fingerprint=variant["fingerprint"],
            alone=variant.get("alone", ""),
            level=levels.get(str(variant["id"])),
            options=tuple((name, value) for name, value in variant["options"]),
        )
        for pos_id, variant in variants.items()
    }
