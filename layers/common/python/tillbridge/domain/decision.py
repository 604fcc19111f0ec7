"""The decision: what a push does with one product."""

from enum import StrEnum

from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.errors import Problem
from tillbridge.domain.fields import Field
from tillbridge.domain.images import missing_images, sendable_images
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.mapping import content, fingerprint, variant_content
from tillbridge.domain.picture_address import picture_of
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import ProblemCode
from tillbridge.domain.problems import problem_of
from tillbridge.domain.product import Product


class Decision(StrEnum):
    """`skip`: there is nothing to push, because the product is not linked, already online or
    refused as it is; `hide`: the POS deleted the product."""

    SKIP = "skip"
    CREATE = "create"
    UPDATE = "update"
    RESTRUCTURE = "restructure"
    HIDE = "hide"


def decide(work: WorkItem, settings: Settings) -> Decision:
    """Return what a push does with one product (docs/architecture.md, What a push decides)."""
    link, record = work.link, work.record
    if link is not None and link.status is LinkStatus.CREATING:
        return Decision.CREATE
    if link is None or not link.is_linked:
        return Decision.CREATE if _wants_create(work) else Decision.SKIP
    if record.version < link.content_version:
        return Decision.SKIP
    refused_before = link.refused(record.version)
    already_there = record.version == link.content_version and link.status is LinkStatus.LINKED
    sure = not work.force and not link.is_unsure
    if sure and (refused_before or already_there):
        return Decision.SKIP
    if record.deleted:
        hides = settings.fields.sends(Field.VISIBILITY, manual=work.manual)
        shown = link.visible is not False or work.force
        return Decision.HIDE if hides and shown else Decision.SKIP
    if record.knows("variants") and (link.shape_is_unsure or shape_differs(record, link)):
        return Decision.RESTRUCTURE
    if (
        settings.push_content is PushContent.WHEN_CHANGED
        and sure
        and link.status is LinkStatus.LINKED
        and not content_differs(record, link, settings)
    ):
        return Decision.SKIP
    return Decision.UPDATE


def why_skipped(work: WorkItem) -> Problem:
    """Return what to tell a person who pushed a product that needs no push: nothing but these two
    skips what a person asked for, once the POS shows no older version than was pushed."""
    if work.link is None or not work.link.is_linked:
        return problem_of(ProblemCode.DELETED_IN_POS)
    return problem_of(ProblemCode.NOT_HIDDEN)


def _wants_create(work: WorkItem) -> bool:
    # A product is created when a person asks. One that BigCommerce refused is tried again when it
    # has a newer version; a broken one only when a person asks again.
    if work.record.deleted:
        return False
    if work.manual:
        return True
    link = work.link
    if link is None or link.status is not LinkStatus.FAILED:
        return False
    return work.force or work.record.version > link.failed_version


def shape_differs(record: Product, link: Link) -> bool:
    """Return whether variants or their options were added, removed or changed since the last
    push."""
    if not record.knows("variants"):
        return False
    if set(link.variants) != {variant.id for variant in record.variants}:
        return True
    return any(
        dict(variant.option_values) != dict(link.variants[variant.id].options)
        for variant in record.variants
    )


def content_differs(record: Product, link: Link, settings: Settings) -> bool:
    """Return whether anything but stock differs from what was last sent."""
    policy = settings.fields
    if product_differs(record, link, settings) or images_differ(record, link, settings):
        return True
    return any(
        fingerprint(variant_content(variant, policy, link)) != link.variants[variant.id].fingerprint
        for variant in record.variants
    )


def product_differs(record: Product, link: Link, settings: Settings) -> bool:
    """Return whether any product-level content or the visibility differs from what was last
    sent."""
    if visibility_differs(record, link, settings):
        return True
    return content_fingerprint(record, link, settings) != link.fingerprint


def visibility_differs(record: Product, link: Link, settings: Settings) -> bool:
    """Return whether the visibility that the POS wants is not the one last sent; False when pushes
    do not send visibility, or the POS leaves it out."""
    known = record.deleted or record.knows("active")
    return known and settings.fields.sends(Field.VISIBILITY) and link.visible is not record.visible


def content_fingerprint(record: Product, link: Link | None, settings: Settings) -> str:
    """Return the fingerprint of a product's literal content, without visibility, which a link
    remembers on its own."""
    payload = content(record, settings.fields, link)
    payload.pop("is_visible", None)
    return fingerprint(payload)


def images_differ(record: Product, link: Link, settings: Settings, *, manual: bool = False) -> bool:
    """Return whether the images we placed are no longer those of the POS, in its order
    (docs/settings.md, Fields), or may not be; False when pushes do not send images."""
    if not settings.fields.sends(Field.IMAGES, manual=manual) or not record.knows("images"):
        return False
    if link.images_seen is not None or link.images_may_be_missing:
        return True  # they began to go, and nothing says how far they came
    wanted = sendable_images(record)
    pictures, sent = [picture_of(url) for url in wanted], [image.picture for image in link.images]
    if missing_images(wanted, link):
        return sent[: len(wanted)] != pictures  # those they replace stay until they are there
    return sent != pictures
