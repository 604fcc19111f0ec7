"""A link: the stored pair of a POS product and a BigCommerce product, and what was last sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from tillbridge.domain.capped import MOST_WORDS, capped, capped_list
from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.picture_address import picture_of
from tillbridge.domain.problem_words import ProblemCode

IMPORTING = PosProductId("#importing")
"""The holder of a BigCommerce product while an import creates its POS product."""


class LinkStatus(StrEnum):
    """`creating`: a POST may be under way; `failed` without a BigCommerce id is not linked;
    `broken`: the BigCommerce product was deleted."""

    CREATING = "creating"
    LINKED = "linked"
    FAILED = "failed"
    BROKEN = "broken"


class Part(StrEnum):
    """A part of what a link remembers; each may be in doubt on its own. Images under way have a note
    of their own (`Link.images_seen`); in doubt they are while one that was sent may come late."""

    CONTENT = "content"
    VISIBILITY = "visibility"
    SHAPE = "shape"
    STOCK = "stock"
    EXISTENCE = "existence"
    IMAGES = "images"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Since when a part's value in the store is not certain, and until when a write that was sent
    before may still arrive (both epoch ms). `since_ms` is 0 once the part was sent again, when only a
    late write can make it wrong; `late_until_ms` is 0 when none may come."""

    since_ms: int
    late_until_ms: int

    @property
    def is_open(self) -> bool:
        """Return whether the part was not sent since, or a late write may have changed it by now."""
        return self.since_ms > 0 or self.late_until_ms == 0


@dataclass(frozen=True, slots=True)
class LinkedVariant:
    """A variant's BigCommerce id, and what was last sent: the SKU, the options, the stock level, a
    fingerprint of the content, and one of that part of it which needs a call of its own
    (`alone`)."""

    id: StoreVariantId
    sku: str = ""
    fingerprint: str = ""
    level: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    alone: str = ""


@dataclass(frozen=True, slots=True)
class SentImage:
    """An image that we placed; `id` is None until BigCommerce returns it."""

    url: str
    id: int | None = None

    @property
    def picture(self) -> str:
        """Which picture it is, whatever signature its address had when it was sent."""
        return picture_of(self.url)


@dataclass(frozen=True, slots=True)
class Link:
    """One product of one store. Versions are the POS's; `failed_version` is the one refused.

    Only `domain/remembered/` makes and changes links.

    `highest_id` is the store's highest product id before our first POST: what a lost reply left
    behind has a higher one. `creating_ms` is when that was (epoch ms). `assigned`: the product was
    put on the storefront's channel. `images_seen`: while our images are sent, the ids of those that
    the product had before, and `images_sent` the addresses that were sent, in their order. `held`: by
    field, the POS's value, as text, that is not pushed because the POS could not take the store's; a
    variant's field is named 'variant id.field'. `odd_counts`: words about counts that cannot be
    counts, whose levels were not sent. `doubts`: the parts whose value in the store is not certain.
    """

    product: PosProductId
    status: LinkStatus
    id: StoreProductId | None = None
    variants: Mapping[PosVariantId, LinkedVariant] = field(
        default_factory=lambda: MappingProxyType({})
    )
    name: str = ""
    sku: str = ""
    content_version: int = -1
    stock_version: int = -1
    fingerprint: str = ""
    visible: bool | None = None
    tracking: str = ""
    level: int | None = None
    debt: int = 0
    odd_counts: tuple[str, ...] = ()
    images: tuple[SentImage, ...] = ()
    images_seen: tuple[int, ...] | None = None
    images_sent: tuple[str, ...] = ()
    assigned: bool = False
    highest_id: int = 0
    creating_ms: int = 0
    problem: Problem | None = None
    failed_version: int = -1
    notes: tuple[str, ...] = ()
    held: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    came_with_sku: bool = False
    doubts: Mapping[Part, Doubt] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Cap what the link says in words: here, so that no way to make a link forgets it."""
        problem = self.problem
        if problem is not None and len(problem.words) > MOST_WORDS:
            problem = replace(problem, words=capped(problem.words))
            object.__setattr__(self, "problem", problem)
        for name, words in (("notes", self.notes), ("odd_counts", self.odd_counts)):
            if words:
                object.__setattr__(self, name, capped_list(words))

    @property
    def skus(self) -> tuple[str, ...]:
        """Return every SKU last sent, its variants' too; no blanks."""
        skus = (self.sku, *(variant.sku for variant in self.variants.values()))
        return tuple(sku for sku in skus if sku.strip())

    @property
    def is_unsure(self) -> bool:
        """Return whether anything but the stock may differ online from what the link says."""
        return self.images_seen is not None or bool(self.doubts.keys() - {Part.STOCK})

    def refused(self, version: int) -> bool:
        """Return whether BigCommerce refused this version of the product, or a later one."""
        failed = self.status is LinkStatus.FAILED and not self.went_back
        return failed and version <= self.failed_version

    @property
    def went_back(self) -> bool:
        """Return whether it tells people that the POS shows an older version than was pushed."""
        return self.problem is not None and self.problem.code == ProblemCode.POS_WENT_BACK

    @property
    def shape_is_unsure(self) -> bool:
        """Return whether the variants online have to be read before they are believed."""
        doubt = self.doubts.get(Part.SHAPE)
        return doubt is not None and doubt.is_open

    @property
    def images_may_be_missing(self) -> bool:
        """Return whether one of our images may have been deleted by a call of ours that came late.
        False while such a call may still come: until then an image would be sent again in vain."""
        doubt = self.doubts.get(Part.IMAGES)
        return self.images_seen is None and doubt is not None and not doubt.late_until_ms

    @property
    def is_linked(self) -> bool:
        """Return whether pushes update a BigCommerce product through this link."""
        return self.id is not None and self.status in (LinkStatus.LINKED, LinkStatus.FAILED)
