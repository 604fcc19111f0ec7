"""Links, as the suites of their port need them."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from tests.builders import JUMPER, LANTERN, STORE, a_link, linked_variants
from tillbridge.domain.errors import Problem
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreProductId
from tillbridge.domain.link import Doubt, Link, LinkedVariant, Part, SentImage
from tillbridge.ports.links import Links

NAME_TAKEN = Problem("name_taken", "Another product has this name.", "name", 812, JUMPER)


def the_link(links: Links, product: PosProductId = LANTERN) -> Link:
    return links.get(STORE, [product])[product]


def a_full_link() -> Link:
    """Return a link in which nothing has its default."""
    return a_link(
        JUMPER,
        id=StoreProductId(202),
        variants=with_levels(4, 6),
        fingerprint="as-sent",
        level=10,
        debt=2,
        odd_counts=("The POS counts too many of it.",),
        images=(SentImage("https://pos.example/a.jpg", 7), SentImage("https://pos.example/b.jpg")),
        images_seen=(1, 2),
        images_sent=("https://pos.example/b.jpg",),
        highest_id=190,
        creating_ms=1_700,
        notes=("BigCommerce could not fetch one image.",),
        held=MappingProxyType({"name": "A name that came in shortened", "upc": ""}),
        came_with_sku=True,
        doubts=MappingProxyType({Part.SHAPE: Doubt(1_700, 901_700)}),
    )


def with_levels(*levels: int | None) -> Mapping[PosVariantId, LinkedVariant]:
    variants = linked_variants("S", "M")
    return MappingProxyType(
        {
            pos_id: replace(variant, level=level)
            for (pos_id, variant), level in zip(variants.items(), levels, strict=True)
        }
    )
