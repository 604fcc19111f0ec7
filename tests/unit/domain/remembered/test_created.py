"""What a link says after its product was created."""

from dataclasses import replace

import pytest

from tests.builders import a_jumper, a_link, a_product
from tests.unit.domain.remembered.examples import SETTINGS, SMALL, A, B, online, says_all, sizes
from tillbridge.domain.connection import Settings
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import LinkStatus, Part, SentImage
from tillbridge.domain.remembered.created import after_create, after_lost_create, before_create
from tillbridge.domain.web_product import WebImage, WebProduct


def test_an_intent_names_what_the_post_will_say() -> None:
    record = a_product(images=(A, B))
    intent = before_create(record, None, SETTINGS, highest_id=190, now_ms=1_700)
    assert (intent.status, intent.id, intent.name) == (LinkStatus.CREATING, None, record.name)
    assert (intent.highest_id, intent.creating_ms) == (190, 1_700)
    assert intent.images == (SentImage(A), SentImage(B))


def test_an_intent_names_no_image_where_images_are_off() -> None:
    off = Settings(fields=FieldPolicy({Field.IMAGES: Mode.OFF}))
    record = a_product(images=(A,))
    assert before_create(record, None, off, highest_id=0, now_ms=0).images == ()


def test_a_create_leaves_nothing_to_send_but_its_stock() -> None:
    record = a_jumper("S", "L", images=(A,), version=4)
    web = online(variants=sizes("L", "S"), images=(WebImage(7),))
    link = after_create(record, web, SETTINGS, with_images=True)
    assert says_all(link, record)
    assert link.variants[SMALL].id == 901
    assert link.images == (SentImage(A, 7),)
    assert (link.content_version, link.stock_version, link.level) == (4, -1, None)
    assert not link.assigned


@pytest.mark.parametrize(
    ("mode", "unknown"), [(Mode.OFF, frozenset()), (Mode.ON, frozenset({"active"}))]
)
def test_a_create_that_says_no_visibility_leaves_what_bigcommerce_made_of_it(
    mode: Mode, unknown: frozenset[str]
) -> None:
    settings = Settings(fields=FieldPolicy({Field.VISIBILITY: mode}))
    record = a_product(unknown=unknown)
    hidden = after_create(record, online(visible=False), settings, with_images=True)
    assert hidden.visible is False
    unread = WebProduct(StoreProductId(101), "Storm Lantern")
    assert after_create(record, unread, settings, with_images=True).visible is None


def test_a_create_without_its_images_leaves_them_to_send() -> None:
    record = a_product(images=(A,))
    assert after_create(record, online(), SETTINGS, with_images=False).images == ()


def test_a_create_says_what_bigcommerce_warned_of_and_which_image_it_cannot_fetch() -> None:
    record = a_product(images=("not an address",))
    web = online(warning="The category was not set.")
    notes = after_create(record, web, SETTINGS, with_images=True).notes
    assert "not an address" in notes[0]
    assert notes[1] == "BigCommerce saved the product but said: The category was not set."


def test_a_product_made_again_keeps_the_sku_it_came_in_with() -> None:
    before = a_link(status=LinkStatus.BROKEN, came_with_sku=True)
    link = after_create(a_product(), online(), SETTINGS, before, with_images=True)
    assert (link.came_with_sku, link.sku) == (True, "0417")


def test_after_a_create_whose_reply_was_lost_visibility_is_unknown_and_images_are_the_intents() -> (
    None
):
    record = a_product(images=(A, B))
    intent = before_create(record, None, SETTINGS, highest_id=1, now_ms=5)
    moved_on = replace(record, images=(B,), active=False, version=9)
    web = online(images=(WebImage(7), WebImage(8)))
    link = after_lost_create(moved_on, web, SETTINGS, None, intent)
    assert link.visible is None
    assert link.images == (SentImage(A, 7), SentImage(B, 8))


def test_an_adopted_product_whose_images_were_not_read_says_that_none_is_placed() -> None:
    intent = before_create(a_product(images=(A,)), None, SETTINGS, highest_id=1, now_ms=5)
    unread = WebProduct(StoreProductId(101), "Storm Lantern")
    assert after_lost_create(a_product(images=(A,)), unread, SETTINGS, None, intent).images == ()


def test_an_intent_names_the_skus_and_sizes_of_the_post() -> None:
    intent = before_create(a_jumper("S", "L"), None, SETTINGS, highest_id=0, now_ms=0)
    sent = {variant.sku: variant.options for variant in intent.variants.values()}
    assert sent == {"JUMPER-S": (("Size", "S"),), "JUMPER-L": (("Size", "L"),)}
    assert intent.id is None


@pytest.mark.parametrize(
    ("now", "unknown"), [(("S", "L"), False), (("S",), True), (("S", "M"), True)]
)
def test_what_a_lost_create_made_is_not_taken_for_what_the_pos_says_now(
    now: tuple[str, ...], unknown: bool
) -> None:
    intent = before_create(a_jumper("S", "L"), None, SETTINGS, highest_id=0, now_ms=5)
    web = online(variants=sizes("L", "S"))
    link = after_lost_create(a_jumper(*now), web, SETTINGS, None, intent)
    assert (Part.SHAPE in link.doubts) is unknown
    assert {Part.CONTENT, Part.VISIBILITY} <= set(link.doubts)
    assert (link.visible, link.tracking) == (None, "")
