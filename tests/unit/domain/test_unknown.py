"""What the POS's record leaves out is unknown: never sent, compared or held. Blank is blank."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import JUMPER, a_jumper, a_link, a_product, a_variant, linked_variants
from tillbridge.domain.connection import Settings
from tillbridge.domain.decision import content_differs, images_differ, shape_differs
from tillbridge.domain.drift import differences
from tillbridge.domain.field_policy import FieldPolicy
from tillbridge.domain.fields import FIELDS, Entry
from tillbridge.domain.first_push import first_push
from tillbridge.domain.held import held
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.link import SentImage
from tillbridge.domain.mapping import content, creation, still_held, variant_content
from tillbridge.domain.remembered.pushed import after_update
from tillbridge.domain.stock_levels import levels
from tillbridge.domain.validation import problems
from tillbridge.domain.web_product import WebProduct

SETTINGS = Settings()
ON = FieldPolicy({})
ENTRIES = pytest.mark.parametrize("entry", FIELDS.values(), ids=lambda entry: str(entry.wire))
WEB = WebProduct(
    StoreProductId(101),
    "Web name",
    "WEB",
    description="web",
    price=Decimal(1),
    cost=Decimal(1),
    brand="Web",
    brand_id=3,
    upc="1",
    gtin="1",
    mpn="W-1",
    condition="Refurbished",
    type="digital",
    tracking="none",
    visible=False,
    images=(),
)


@ENTRIES
def test_nobody_sends_compares_or_holds_it(entry: Entry) -> None:
    record = replace(a_product(), unknown=frozenset({entry.source}))
    link = a_link(visible=True)
    assert entry.wire not in content(record, ON, link, manual=True)
    made = creation(record, ON, [])
    # BigCommerce demands a type, and takes "a physical stock unit" where nothing says otherwise.
    assert made.get(entry.wire) == ("physical" if entry.wire == "type" else None)
    assert entry.wire not in held(WEB, record, link)
    assert entry.label not in {effect.field for effect in first_push(record, WEB, SETTINGS)}
    word = entry.word or entry.wire
    assert word not in {each.field for each in differences(record, link, WEB, SETTINGS)}


@pytest.mark.parametrize("entry", [e for e in FIELDS.values() if e.variant], ids=lambda e: e.wire)
def test_nor_of_a_variant(entry: Entry) -> None:
    variant = replace(a_variant(), unknown=frozenset({entry.source}))
    assert entry.wire not in variant_content(variant, ON, a_link(), manual=True)


@ENTRIES
def test_a_blank_is_sent_where_bigcommerce_can_be_blank(entry: Entry) -> None:
    blank = a_product(
        name="", description="", sku="", price=Decimal(0), cost=None, brand="", mpn="", condition=""
    )
    sent = content(blank, ON, a_link())
    if entry.wire in sent and entry.blank is not None:
        assert sent[entry.wire] in (entry.blank, 0)
    assert ("condition" in sent) is False
    assert sent["mpn"] == ""


def test_a_record_without_a_key_keeps_what_the_link_says_of_it() -> None:
    record = a_product(name="", sku="", unknown=frozenset({"name", "sku", "track_stock"}))
    link = a_link(name="Storm Lantern", sku="STORM-LANTERN", tracking="product")
    after = after_update(link, record, SETTINGS, manual=False)
    assert (after.name, after.sku, after.tracking) == ("Storm Lantern", "STORM-LANTERN", "product")


def test_a_key_that_comes_later_is_a_change() -> None:
    without = a_product(unknown=frozenset({"mpn"}))
    link = after_update(a_link(), without, SETTINGS, manual=False)
    assert not content_differs(without, link, SETTINGS)
    assert content_differs(a_product(mpn=""), link, SETTINGS)


def test_a_held_value_is_held_on_while_its_key_is_left_out() -> None:
    link = a_link(held={"name": "Storm Lantern", "v-jumper-s.mpn": "A"})
    assert still_held(a_product(unknown=frozenset({"name"})), link).keys() == {"name"}
    without = replace(a_variant(), unknown=frozenset({"mpn"}))
    assert still_held(a_jumper(variants=(without,)), link).keys() == {"v-jumper-s.mpn"}


def test_variants_that_are_left_out_are_not_removed_and_no_level_moves() -> None:
    link = a_link(JUMPER, variants=linked_variants("S", "M"), tracking="variant")
    record = a_jumper(variants=(), unknown=frozenset({"variants", "options"}))
    assert not shape_differs(record, link)
    assert levels(record, SETTINGS) == {}
    after = after_update(link, record, SETTINGS, manual=False)
    assert after.variants == link.variants
    assert after.tracking == "variant"


def test_images_that_are_left_out_are_not_removed() -> None:
    link = a_link(images=(SentImage("https://pos.example/a.jpg", 7),))
    assert images_differ(a_product(), link, SETTINGS)
    assert not images_differ(a_product(unknown=frozenset({"images"})), link, SETTINGS)


def test_a_left_out_name_or_sku_is_no_blank_one() -> None:
    record = a_product(name="", unknown=frozenset({"name"}))
    variant = replace(a_variant(), sku="", unknown=frozenset({"sku"}))
    assert problems(record) == []
    assert problems(a_jumper(variants=(variant,))) == []


def test_a_product_number_that_is_left_out_blanks_no_sku() -> None:
    came_in = a_link(came_with_sku=True, sku="STORM")
    record = a_product(product_number="", unknown=frozenset({"product_number"}))
    assert "sku" not in content(record, ON, came_in)
    assert after_update(came_in, record, SETTINGS, manual=False).sku == "STORM"
