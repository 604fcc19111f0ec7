"""What a link says after its product was refused, or lost in BigCommerce."""

from collections.abc import Collection
from dataclasses import replace

from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product
from tillbridge.domain.remembered.doubts import CONTENT_PARTS, STOCK_PARTS, doubted


def after_refusal(
    link: Link | None, record: Product, problem: Problem, *, gone: bool = False
) -> Link:
    """Return the link after this version was refused. `gone`: the product was deleted online."""
    base = link or _not_linked(record.id)
    return replace(
        base,
        status=LinkStatus.BROKEN if gone else LinkStatus.FAILED,
        problem=problem,
        failed_version=record.version,
        name=base.name or record.name,
        creating_ms=0,
    )


def while_failing(link: Link | None, record: Product, problem: Problem) -> Link:
    """Return the link of a product that people are told about because it keeps failing, while
    attempts go on.

    No version counts as refused, and a create stays under way: the product that it may have made
    must still be looked for."""
    base = link or _not_linked(record.id)
    creating = base.status is LinkStatus.CREATING
    return replace(
        base,
        status=base.status if creating else LinkStatus.FAILED,
        problem=problem,
        failed_version=max(base.content_version, record.version - 1),
        name=base.name or record.name,
    )


def after_going_back(link: Link, problem: Problem) -> Link:
    """Return the link of a product that the POS shows in an older version than was pushed. No version
    counts as refused: it ends when the POS shows a version as new again, or a person takes its own
    (`taking_back`)."""
    return replace(
        link,
        status=LinkStatus.FAILED,
        problem=problem,
        failed_version=link.content_version,
    )


def taking_back(link: Link, record: Product, now_ms: int) -> Link:
    """Return the link when a person takes the POS's older record: the only place where the versions
    of a link fall. What is online is unknown until that record was pushed."""
    below = record.version - 1
    parts = (*CONTENT_PARTS, *STOCK_PARTS)
    fallen = replace(
        link,
        content_version=min(link.content_version, below),
        stock_version=min(link.stock_version, below),
        failed_version=-1,
    )
    return doubted(fallen, parts, since_ms=now_ms)


def after_deletion_online(link: Link, problem: Problem) -> Link:
    """Return the link of a product that BigCommerce no longer has."""
    return replace(link, status=LinkStatus.BROKEN, problem=problem)


def without_variants(link: Link, gone: Collection[str]) -> Link:
    """Return the link without variants that were deleted online, so that a push makes them anew."""
    alive = {key: variant for key, variant in link.variants.items() if key not in gone}
    return replace(link, variants=alive)


def _not_linked(product: PosProductId) -> Link:
    return Link(product=product, status=LinkStatus.FAILED)
