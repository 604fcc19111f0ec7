"""An attribute that is unknown is never sent, never compared, never held and never part of a fingerprint: whatever
stands in its place, everything that decides and remembers comes out the same. It is so for every field."""

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    JUMPER,
    LANTERN,
    a_jumper,
    a_link,
    a_product,
    a_web_product,
    linked_variants,
)
from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import (
    content_differs,
    content_fingerprint,
    images_differ,
    shape_differs,
    visibility_differs,
)
from tillbridge.domain.drift import differences, pos_moved
from tillbridge.domain.field_policy import FieldPolicy
from tillbridge.domain.fields import FIELDS
from tillbridge.domain.first_push import first_push
from tillbridge.domain.held import held
from tillbridge.domain.link import Link, SentImage
from tillbridge.domain.mapping import content, creation, fingerprint, still_held, variant_content
from tillbridge.domain.product import Barcodes, Product, Variant
from tillbridge.domain.remembered.existing import linked_by_hand
from tillbridge.domain.remembered.pushed import after_update
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.web_product import WebProduct

SETTINGS, ON = Settings(), FieldPolicy({})
TEXTS = st.sampled_from(["", "a", "Storm Lantern", "W-1", "New", "digital"])
AMOUNTS = st.sampled_from([Decimal(0), Decimal(1), Decimal("9.99")])
BARCODES = st.builds(Barcodes, TEXTS, TEXTS)
IMAGES = st.lists(st.sampled_from(["https://pos.example/a.jpg", "https://x/b.jpg"]), unique=True)

OF_BOTH: Mapping[str, st.SearchStrategy[Any]] = {
    "sku": TEXTS,
    "product_number": TEXTS,
    "price": AMOUNTS,
    "cost": st.none() | AMOUNTS,
    "barcodes": BARCODES,
    "mpn": TEXTS,
    "bin_picking_number": TEXTS,
}
OF_PRODUCT: Mapping[str, st.SearchStrategy[Any]] = {
    **OF_BOTH,
    "name": TEXTS,
    "description": TEXTS,
    "brand": TEXTS,
    "condition": TEXTS,
    "type": TEXTS,
    "track_stock": st.booleans(),
    "active": st.booleans(),
    "images": IMAGES.map(tuple),
}


def of(attributes: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict(attributes))


def subset(attributes: Mapping[str, Any]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(attributes)))


def with_values(known: Product, left_out: frozenset[str], values: Mapping[str, Any]) -> Product:
    return replace(known, unknown=left_out, **{each: values[each] for each in left_out})


def variant_with(known: Variant, left_out: frozenset[str], values: Mapping[str, Any]) -> Variant:
    return replace(known, unknown=left_out, **{each: values[each] for each in left_out})


def all_of(record: Product, link: Link, web: WebProduct) -> Mapping[str, object]:
    """Return all that is decided, sent and remembered of a record."""
    after = after_update(link, record, SETTINGS, manual=False)
    by_hand = replace(linked_by_hand(record, web), came_with_sku=link.came_with_sku)
    return {
        "sent": content(record, ON, link, manual=True),
        "created": creation(record, ON, []),
        "of variants": [variant_content(each, ON, link, manual=True) for each in record.variants],
        "fingerprint": content_fingerprint(record, link, SETTINGS),
        "of a link by hand": fingerprint(content(record, ON, by_hand)),
        "held": held(web, record, link),
        "still held": still_held(record, link),
        "first push": first_push(record, web, SETTINGS),
        "drift": differences(record, link, web, SETTINGS, manual=True),
        "moved": pos_moved(record, link, SETTINGS),
        "decided": (
            content_differs(record, link, SETTINGS),
            images_differ(record, link, SETTINGS),
            shape_differs(record, link),
            visibility_differs(record, link, SETTINGS),
        ),
        "levels": levels(record, SETTINGS),
        "remembered": after,
    }


LINKS = st.builds(
    lambda came_in, images, held: a_link(
        came_with_sku=came_in,
        images=tuple(SentImage(url, place) for place, url in enumerate(images, 7)),
        held=held,
    ),
    st.booleans(),
    IMAGES,
    st.dictionaries(st.sampled_from(sorted(FIELDS)), TEXTS, max_size=3),
)
WEB = a_web_product(
    101, "Web name", sku="WEB", description="web", brand="Web", mpn="X", condition="Used"
)


@given(LINKS, of(OF_PRODUCT), subset(OF_PRODUCT), of(OF_PRODUCT), of(OF_PRODUCT))
def test_what_stands_in_an_unknown_attribute_changes_nothing(
    link: Link,
    known: dict[str, Any],
    left_out: frozenset[str],
    one: dict[str, Any],
    other: dict[str, Any],
) -> None:
    record = replace(a_product(LANTERN), **known)
    link = replace(link, product=record.id)
    found = all_of(with_values(record, left_out, one), link, WEB)
    assert found == all_of(with_values(record, left_out, other), link, WEB)


@given(st.booleans(), of(OF_BOTH), subset(OF_BOTH), of(OF_BOTH), of(OF_BOTH))
def test_nor_in_one_of_a_variant(
    came_in: bool,
    known: dict[str, Any],
    left_out: frozenset[str],
    one: dict[str, Any],
    other: dict[str, Any],
) -> None:
    first, *rest = a_jumper().variants
    link = a_link(JUMPER, variants=linked_variants("S", "M"), came_with_sku=came_in)

    def jumper(values: dict[str, Any]) -> Product:
        variant = variant_with(replace(first, **known), left_out, values)
        return a_jumper(variants=(variant, *rest))

    assert all_of(jumper(one), link, WEB) == all_of(jumper(other), link, WEB)


@pytest.mark.parametrize("owner", ["product", "variant"])
def test_every_field_that_a_push_can_carry_is_among_those_tried(owner: str) -> None:
    tried = OF_PRODUCT if owner == "product" else OF_BOTH
    sources = {each.source for each in FIELDS.values() if getattr(each, owner)}
    assert sources <= set(tried)
    assert set(tried) <= {each.name for each in fields(Product if owner == "product" else Variant)}
