"""The decision that every push takes for each product: one branch, one sentence."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import (
    a_jumper,
    a_link,
    a_product,
    a_row,
    a_variant,
    an_intent,
    linked_variants,
)
from tillbridge.domain.connection import PushContent, Settings
from tillbridge.domain.decision import Decision, content_fingerprint, decide, images_differ
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.link import Link, LinkStatus, SentImage
from tillbridge.domain.mapping import fingerprint, variant_content
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.product import Product

LITERAL = Settings()
WHEN_CHANGED = Settings(push_content=PushContent.WHEN_CHANGED)
NEVER_MADE = a_link(status=LinkStatus.FAILED, id=None, failed_version=1)
BROKEN = a_link(status=LinkStatus.BROKEN)
LAMP = "https://shop.example/lamp.jpg"


def decided(
    record: Product, link: Link | None, settings: Settings = LITERAL, **row: Any
) -> Decision:
    return decide(WorkItem((a_row(record.id, **row),), record, link), settings)


def asked(record: Product, link: Link | None, settings: Settings = LITERAL) -> Decision:
    return decided(record, link, settings, force=True, manual=True)


def test_a_product_nobody_asked_for_is_not_created() -> None:
    assert decided(a_product(), None) is Decision.SKIP


def test_a_product_a_person_asked_for_is_created() -> None:
    assert asked(a_product(), None) is Decision.CREATE


def test_a_product_that_is_gone_is_not_created_even_when_asked() -> None:
    assert asked(a_product(deleted=True), None) is Decision.SKIP


def test_a_creation_under_way_is_finished_first() -> None:
    assert decided(a_product(), an_intent()) is Decision.CREATE


def test_a_refused_creation_comes_back_with_a_newer_version() -> None:
    assert decided(a_product(version=2), NEVER_MADE) is Decision.CREATE
    assert decided(a_product(version=1), NEVER_MADE) is Decision.SKIP


def test_a_refused_creation_comes_back_when_what_blocked_it_changed() -> None:
    assert decided(a_product(version=1), NEVER_MADE, force=True) is Decision.CREATE


def test_a_broken_product_is_created_again_only_when_a_person_asks() -> None:
    assert decided(a_product(version=9), BROKEN) is Decision.SKIP
    assert decided(a_product(version=9), BROKEN, force=True) is Decision.SKIP
    assert asked(a_product(version=9), BROKEN) is Decision.CREATE


def test_a_newer_version_is_pushed() -> None:
    assert decided(a_product(version=2), a_link()) is Decision.UPDATE


def test_an_older_version_never_replaces_a_newer_one_not_even_when_asked() -> None:
    link = a_link(content_version=5)
    assert decided(a_product(version=4), link) is Decision.SKIP
    assert asked(a_product(version=4), link) is Decision.SKIP


def test_what_is_there_already_is_not_sent_again_unless_a_person_asks() -> None:
    assert decided(a_product(), a_link()) is Decision.SKIP
    assert asked(a_product(), a_link()) is Decision.UPDATE


def test_what_was_refused_is_not_sent_again_before_it_changes() -> None:
    refused = a_link(status=LinkStatus.FAILED, failed_version=2)
    assert decided(a_product(version=2), refused) is Decision.SKIP
    assert decided(a_product(version=3), refused) is Decision.UPDATE
    assert asked(a_product(version=2), refused) is Decision.UPDATE


def test_a_deleted_product_is_hidden_once() -> None:
    gone = a_product(version=2, deleted=True)
    assert decided(gone, a_link()) is Decision.HIDE
    assert decided(gone, a_link(visible=False)) is Decision.SKIP


def test_a_store_that_keeps_visibility_to_itself_hides_nothing() -> None:
    settings = Settings(fields=FieldPolicy({Field.VISIBILITY: Mode.OFF}))
    assert decided(a_product(version=2, deleted=True), a_link(), settings) is Decision.SKIP


@pytest.mark.parametrize(
    "sizes", [("S",), ("S", "M", "L"), ("S", "L")], ids=["one fewer", "one more", "another"]
)
def test_variants_that_came_or_went_change_the_structure(sizes: tuple[str, ...]) -> None:
    link = a_link("p-jumper", variants=linked_variants("S", "M"))
    assert decided(a_jumper(*sizes, version=2), link) is Decision.RESTRUCTURE


def test_a_renamed_option_value_changes_the_structure() -> None:
    link = a_link("p-jumper", variants=linked_variants("S", "M"))
    small = a_variant("S", option_values=(("Size", "Small"),))
    renamed = a_jumper(version=2, variants=(small, a_variant("M")))
    assert decided(renamed, link) is Decision.RESTRUCTURE


def test_option_values_in_another_order_are_the_same_structure() -> None:
    both = (("Size", "S"), ("Colour", "Grey"))
    sent = {v: replace(known, options=both) for v, known in linked_variants("S").items()}
    turned = a_variant("S", option_values=both[::-1])
    link = a_link("p-jumper", variants=sent)
    assert decided(a_jumper(version=2, variants=(turned,)), link) is Decision.UPDATE


def _as_sent(record: Product) -> Link:
    policy = FieldPolicy()
    link = a_link(record.id, variants=linked_variants(*(v.sku[7:] for v in record.variants)))
    return replace(
        link,
        fingerprint=content_fingerprint(record, link, WHEN_CHANGED),
        variants={
            v.id: replace(
                link.variants[v.id], fingerprint=fingerprint(variant_content(v, policy, link))
            )
            for v in record.variants
        },
    )


@pytest.mark.parametrize("record", [a_product(version=2), a_jumper(version=2)])
def test_a_store_may_choose_to_skip_content_that_did_not_change(record: Product) -> None:
    link = _as_sent(record)
    assert decided(record, link, WHEN_CHANGED) is Decision.SKIP
    assert decided(record, link, LITERAL) is Decision.UPDATE
    assert asked(record, link, WHEN_CHANGED) is Decision.UPDATE


@pytest.mark.parametrize(
    "change",
    [
        {"price": Decimal(1)},
        {"description": ""},
        {"active": False},
        {"images": (LAMP,)},
        {"track_stock": False},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_of_content_is_pushed_then(change: dict[str, Any]) -> None:
    before = a_product(version=2)
    assert decided(replace(before, **change), _as_sent(before), WHEN_CHANGED) is Decision.UPDATE


def test_a_change_of_one_variant_is_pushed_then() -> None:
    before = a_jumper(version=2)
    dearer = replace(before, variants=(a_variant("S", price=Decimal(99)), a_variant("M")))
    assert decided(dearer, _as_sent(before), WHEN_CHANGED) is Decision.UPDATE


def test_what_was_refused_is_sent_then_even_unchanged() -> None:
    record = a_product(version=2)
    refused = replace(_as_sent(record), status=LinkStatus.FAILED, failed_version=1)
    assert decided(record, refused, WHEN_CHANGED) is Decision.UPDATE


def test_images_are_sent_when_their_set_changes() -> None:
    placed = a_link(images=(SentImage(LAMP, 7),))
    assert not images_differ(a_product(images=(LAMP,)), placed, LITERAL)
    assert images_differ(a_product(images=()), placed, LITERAL)
    assert images_differ(a_product(images=(LAMP, LAMP + "?2")), placed, LITERAL)


def test_images_set_to_manual_wait_for_a_person() -> None:
    settings = Settings(fields=FieldPolicy({Field.IMAGES: Mode.MANUAL}))
    product = a_product(images=(LAMP,))
    assert not images_differ(product, a_link(), settings)
    assert images_differ(product, a_link(), settings, manual=True)
