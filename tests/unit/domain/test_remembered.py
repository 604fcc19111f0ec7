"""What a link says after each thing that can happen."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.builders import JUMPER, LANTERN, a_jumper, a_link, a_product, linked_variants
from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_differs
from tillbridge.domain.errors import Problem
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import PLAIN_OF_PRODUCTS, Field
from tillbridge.domain.ids import PosVariantId, StoreProductId, StoreVariantId
from tillbridge.domain.importing import new_product
from tillbridge.domain.link import Doubt, Link, LinkStatus, Part, SentImage
from tillbridge.domain.new_product import CreatedRecord
from tillbridge.domain.product import Product
from tillbridge.domain.remembered import (
    after_create,
    after_images,
    after_import,
    after_lost_create,
    after_no_stock,
    after_refusal,
    after_restructure,
    after_stock,
    after_undo,
    after_update,
    amid_images,
    before_create,
    before_images,
    believed,
    doubted,
    found_images,
    linked_by_hand,
    while_failing,
    without_levels,
    without_variants,
)
from tillbridge.domain.stock import Sellable
from tillbridge.domain.web_product import WebImage, WebProduct, WebVariant

SETTINGS = Settings()
A, B = "https://pos.example/a.jpg", "https://pos.example/b.jpg"
SMALL, LARGE = PosVariantId("v-jumper-s"), PosVariantId("v-jumper-l")
TAKEN = Problem("name_taken", "Another product has this name.", "name", 812)


def online(**known: Any) -> WebProduct:
    """Return a lantern as BigCommerce has it."""
    default = WebProduct(
        StoreProductId(101),
        "Storm Lantern",
        "STORM-LANTERN",
        description="<p>Burns all night in a gale.</p>",
        price=Decimal("39.9"),
        cost=Decimal(18),
        brand="Pier & Sons",
        brand_id=4,
        upc="",
        gtin="",
        tracking="product",
        visible=True,
        type="physical",
        images=(),
    )
    plain: dict[str, Any] = dict.fromkeys(PLAIN_OF_PRODUCTS, "")
    return replace(default, **plain | known)


def sizes(*names: str) -> tuple[WebVariant, ...]:
    return tuple(
        WebVariant(StoreVariantId(900 + place), f"JUMPER-{name}", (("Size", name),))
        for place, name in enumerate(names)
    )


def says_all(link: Link, record: Product) -> bool:
    """Return whether the link says that everything of the record's content is online."""
    return link.visible is record.visible and not content_differs(record, link, SETTINGS)


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


def test_an_update_clears_the_problem_and_keeps_levels() -> None:
    link = a_link(
        LANTERN, status=LinkStatus.FAILED, problem=TAKEN, failed_version=3, level=7, stock_version=2
    )
    record = a_product(version=5, name="Gale Lantern")
    after = after_update(link, record, SETTINGS, manual=False)
    assert says_all(after, record)
    assert (after.status, after.problem, after.failed_version) == (LinkStatus.LINKED, None, -1)
    assert (after.level, after.stock_version, after.content_version) == (7, 2, 5)


def test_an_update_says_nothing_of_a_visibility_that_was_not_sent() -> None:
    by_hand = Settings(fields=FieldPolicy({Field.VISIBILITY: Mode.MANUAL}))
    hidden = a_product(active=False, version=2)
    link = a_link(visible=True)
    assert after_update(link, hidden, by_hand, manual=False).visible is True
    assert after_update(link, hidden, by_hand, manual=True).visible is False


def test_a_tombstone_changes_only_version_and_visibility() -> None:
    link = a_link(name="Storm Lantern", sku="STORM-LANTERN")
    gone = Product(id=LANTERN, version=8, name="", deleted=True)
    after = after_update(link, gone, SETTINGS, manual=False)
    assert (after.visible, after.content_version) == (False, 8)
    assert (after.name, after.sku) == ("Storm Lantern", "STORM-LANTERN")


def test_an_update_forgets_what_was_held_and_has_changed() -> None:
    record = a_product(name="Lantern")
    link = a_link(held={"name": "Lantern, storm", "upc": ""})
    assert after_update(link, record, SETTINGS, manual=False).held == {"upc": ""}


def test_variants_made_anew_have_no_level_yet() -> None:
    link = a_link(JUMPER, variants=linked_variants("S", "M"), level=4)
    link = after_stock(link, a_jumper(), {SMALL: Sellable(3)}, on_channel=False)
    record = a_jumper("S", "L", version=6)
    ids = {SMALL: StoreVariantId(11), LARGE: StoreVariantId(12)}
    after = after_restructure(link, record, SETTINGS, ids, manual=False)
    assert {key: (v.id, v.level) for key, v in after.variants.items()} == {
        SMALL: (11, None),
        LARGE: (12, None),
    }
    assert after.level is None
    assert says_all(after, record)


def test_stock_says_levels_debt_and_version_and_leaves_content_alone() -> None:
    link = a_link(JUMPER, variants=linked_variants("S", "M"), content_version=2)
    record = a_jumper(version=9)
    after = after_stock(link, record, {SMALL: Sellable(0, debt=2)}, on_channel=True)
    levels = {key: variant.level for key, variant in after.variants.items()}
    assert levels == {SMALL: 0, PosVariantId("v-jumper-m"): None}
    assert (after.debt, after.stock_version, after.content_version) == (2, 9, 2)
    assert after.assigned


def test_what_is_on_the_storefront_stays_there() -> None:
    assert after_no_stock(a_link(assigned=False), on_channel=True).assigned
    assert not after_no_stock(a_link(assigned=False), on_channel=False).assigned
    assert after_stock(a_link(assigned=True), a_product(), {}, on_channel=False).assigned


def test_images_are_under_way_until_all_of_them_went() -> None:
    under_way = before_images(a_link(), [3, 4], [A, B])
    assert (under_way.images_seen, under_way.images_sent) == ((3, 4), (A, B))
    half = amid_images(under_way, [SentImage(A, 7)], ["one"])
    assert (half.images_seen, half.images, half.notes) == ((3, 4), (SentImage(A, 7),), ("one",))
    assert after_images(half, [SentImage(A, 7), SentImage(B, 8)], []).images_seen is None


def test_a_new_image_came_by_the_address_that_was_being_sent() -> None:
    ours = (SentImage(A, 3),)
    link = before_images(a_link(images=ours), [3, 4], [B])
    assert found_images(link, [3, 4]) == [*ours]
    assert found_images(link, [3, 4, 9]) == [*ours, SentImage(B, 9)]


def test_an_image_of_ours_that_went_meanwhile_was_deleted_by_us() -> None:
    link = before_images(a_link(images=(SentImage(A, 3), SentImage(B, 4))), [3, 4], [])
    assert found_images(link, [3]) == [SentImage(A, 3)]


def test_what_is_in_doubt_is_unknown_and_not_lost() -> None:
    link = a_link(fingerprint="abc", visible=True, level=4)
    assert believed(link) == link
    unsure = believed(doubted(link, Part, since_ms=1, late_until_ms=2))
    assert (unsure.visible, unsure.level) == (None, None)
    assert unsure.fingerprint not in ("", "abc")
    hidden = after_update(
        unsure, replace(a_product(version=7), deleted=True), Settings(), manual=False
    )
    assert (hidden.fingerprint, hidden.visible) == ("abc", False)
    assert Part.CONTENT in hidden.doubts


def test_a_doubt_ends_when_its_part_was_sent() -> None:
    record = a_product(version=7)
    link = doubted(a_link(), Part, since_ms=1, late_until_ms=2)
    sent = after_update(link, record, Settings(), manual=False)
    assert set(sent.doubts) == {Part.SHAPE, Part.STOCK}
    shaped = after_restructure(link, record, Settings(), {}, manual=False)
    assert set(shaped.doubts) == {Part.STOCK}
    stocked = after_stock(link, record, {}, on_channel=False)
    assert set(stocked.doubts) == set(Part) - {Part.STOCK}


def test_a_refusal_keeps_ids_and_says_which_version_was_given_up() -> None:
    refused = after_refusal(a_link(level=3), a_product(version=6), TAKEN)
    assert (refused.status, refused.problem) == (LinkStatus.FAILED, TAKEN)
    assert (refused.id, refused.level, refused.failed_version) == (101, 3, 6)


def test_a_refused_create_is_not_under_way_any_more() -> None:
    intent = before_create(a_product(), None, SETTINGS, highest_id=1, now_ms=5)
    refused = after_refusal(intent, a_product(), TAKEN)
    assert (refused.status, refused.creating_ms) == (LinkStatus.FAILED, 0)


def test_what_was_never_linked_can_be_refused() -> None:
    refused = after_refusal(None, a_product("p-new", name="New"), TAKEN)
    assert (refused.product, refused.name, refused.id) == ("p-new", "New", None)


def test_a_product_that_bigcommerce_deleted_is_broken() -> None:
    assert after_refusal(a_link(), a_product(), TAKEN, gone=True).status is LinkStatus.BROKEN


def test_a_product_that_keeps_failing_gives_no_version_up() -> None:
    record = a_product(version=6)
    assert while_failing(a_link(content_version=3), record, TAKEN).failed_version == 5
    assert while_failing(a_link(content_version=6), record, TAKEN).failed_version == 6


def test_a_create_that_keeps_failing_stays_under_way() -> None:
    intent = before_create(a_product(), None, SETTINGS, highest_id=1, now_ms=5)
    assert while_failing(intent, a_product(), TAKEN).status is LinkStatus.CREATING


def test_variants_and_levels_are_forgotten_so_that_a_push_makes_them_anew() -> None:
    link = a_link(JUMPER, variants=linked_variants("S", "M"), level=4)
    link = after_stock(link, a_jumper(), {SMALL: Sellable(3)}, on_channel=False)
    assert set(without_variants(link, {SMALL}).variants) == {PosVariantId("v-jumper-m")}
    forgot = without_levels(link)
    assert forgot.level is None
    assert all(variant.level is None for variant in forgot.variants.values())


def test_a_link_by_hand_says_that_everything_is_still_to_be_sent() -> None:
    record = a_jumper("S", "L", version=4)
    link = linked_by_hand(record, online(name="Jumper", variants=sizes("S", "XL")))
    assert (link.content_version, link.fingerprint, link.name) == (-1, "", "Jumper")
    assert {key: v.id for key, v in link.variants.items()} == {SMALL: 900}
    assert link.assigned


def test_what_came_in_is_online_already() -> None:
    web = online(images=(WebImage(7, A),))
    new = new_product(web, ["T-0001"], "101", "d-1", "v-1")
    record = a_product(version=1, sku="T-0001", product_number="STORM-LANTERN", images=(A,))
    link = after_import(web, new, CreatedRecord(LANTERN, 1), record, SETTINGS)
    assert says_all(link, record)
    assert (link.content_version, link.stock_version, link.level) == (1, 1, None)
    assert link.images == (SentImage(A, 7),)
    assert link.held == {}


def test_what_the_pos_took_otherwise_is_held_and_said() -> None:
    web = online(name="Storm Lantern with a very long name")
    new = new_product(web, ["T-0001"], "101", "d-1", "v-1")
    record = a_product(version=1, sku="T-0001", product_number="STORM-LANTERN")
    link = after_import(web, new, CreatedRecord(LANTERN, 1), record, SETTINGS)
    assert link.held == {"name": "Storm Lantern"}
    assert "The name has 35 characters in BigCommerce; the POS took 13" in link.notes[0]


def test_an_edit_between_the_create_and_the_link_is_not_held() -> None:
    web = online()
    new = new_product(web, ["T-0001"], "101", "d-1", "v-1")
    edited = a_product(version=2, sku="T-0001", product_number="STORM-LANTERN", name="Lamp")
    link = after_import(web, new, CreatedRecord(LANTERN, 1), edited, SETTINGS)
    assert link.held == {}
    assert not says_all(link, edited)


def test_an_undo_holds_what_came_back_until_the_pos_changes_it() -> None:
    before = online(name="Old Lantern", price=Decimal(30))
    record = a_product()
    link = after_undo(a_link(), record, before, SETTINGS)
    assert set(link.held) == {"name", "price"}
    assert link.name == "Old Lantern"
    assert not content_differs(record, link, SETTINGS)


def test_of_two_doubts_about_a_part_the_longer_holds() -> None:
    link = doubted(a_link(), [Part.STOCK, Part.CONTENT], since_ms=10, late_until_ms=100)
    link = doubted(link, [Part.STOCK], since_ms=20, late_until_ms=300)
    assert link.doubts == {Part.STOCK: Doubt(10, 300), Part.CONTENT: Doubt(10, 100)}
