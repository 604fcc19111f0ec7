"""POS fields become BigCommerce fields, blanks included."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import a_jumper, a_link, a_product, a_variant, linked_variants
from tillbridge.domain.field_policy import FieldPolicy, Mode
from tillbridge.domain.fields import Field
from tillbridge.domain.images import sendable_images
from tillbridge.domain.mapping import content, creation, fingerprint, variant_content
from tillbridge.domain.names import category_name
from tillbridge.domain.product import Barcodes
from tillbridge.domain.sent_skus import product_sku, variant_sku

ON = FieldPolicy()


def test_literal_content_is_every_pos_owned_scalar() -> None:
    product = a_product(
        barcodes=Barcodes(upc="036000291452", gtin="4006381333931"),
        mpn=" PS-0417",
        bin_picking_number="B-04 ",
        condition="used",
    )
    assert content(product, ON, a_link()) == {
        "name": "Storm Lantern",
        "description": "<p>Burns all night in a gale.</p>",
        "sku": "STORM-LANTERN",
        "price": Decimal("39.90"),
        "cost_price": Decimal("18.00"),
        "brand_name": "Pier & Sons",
        "upc": "036000291452",
        "gtin": "4006381333931",
        "mpn": "PS-0417",
        "bin_picking_number": "B-04",
        "condition": "Used",
        "inventory_tracking": "product",
    }


def test_blanks_are_sent_so_that_they_overwrite() -> None:
    bare = a_product(description="", sku="", brand=" ", cost=None)
    sent = content(bare, ON, a_link())
    assert sent["description"] == ""
    assert sent["sku"] == ""
    assert sent["cost_price"] == 0
    assert (sent["upc"], sent["gtin"]) == ("", "")


def test_a_blank_brand_clears_the_brand() -> None:
    sent = content(a_product(brand=" "), ON, a_link())
    assert sent["brand_id"] == 0
    assert "brand_name" not in sent


@pytest.mark.parametrize(
    ("online", "active", "sent"),
    [(True, True, None), (True, False, False), (False, True, True), (None, True, True)],
)
def test_visibility_goes_only_when_it_changes(
    online: bool | None, active: bool, sent: bool | None
) -> None:
    payload = content(a_product(active=active), ON, a_link(visible=online))
    assert payload.get("is_visible") is sent


def test_visibility_goes_at_creation() -> None:
    assert creation(a_product(active=False), ON, [])["is_visible"] is False


def test_the_product_of_variants_keeps_its_own_barcode_and_counts_by_variant() -> None:
    sent = content(a_jumper(barcodes=Barcodes(upc="036000291452")), ON, a_link())
    assert sent["upc"] == "036000291452"
    assert sent["inventory_tracking"] == "variant"


def test_untracked_stock_is_switched_off_online() -> None:
    assert content(a_product(track_stock=False), ON, a_link())["inventory_tracking"] == "none"


def test_a_product_keeps_its_own_sku_beside_its_variants() -> None:
    assert product_sku(a_jumper()) == "JUMPER"


def test_a_sku_that_a_variant_has_is_not_sent_twice() -> None:
    assert product_sku(a_jumper(sku="jumper-s")) == ""


def test_a_product_that_came_in_with_a_sku_sends_its_product_number() -> None:
    link = a_link(came_with_sku=True)
    assert product_sku(a_product(), link) == "0417"
    assert variant_sku(a_variant(product_number="J-1"), link) == "J-1"


def test_a_variant_without_a_product_number_sends_its_sku_even_then() -> None:
    assert variant_sku(a_variant(), a_link(came_with_sku=True)) == "JUMPER-S"


def test_a_variant_sends_its_own_price_or_clears_it() -> None:
    link = a_link(variants=linked_variants("S"))
    assert variant_content(a_variant(price=Decimal(9)), ON, link)["price"] == Decimal(9)
    assert variant_content(a_variant(), ON, link)["price"] is None


def test_a_creation_carries_variants_with_their_options() -> None:
    made = creation(a_jumper("S"), ON, [])
    assert made["variants"] == [
        {
            "sku": "JUMPER-S",
            "price": None,
            "cost_price": 0,
            "upc": "",
            "gtin": "",
            "mpn": "",
            "bin_picking_number": "",
            "option_values": [{"option_display_name": "Size", "label": "S"}],
        }
    ]


def test_a_creation_carries_the_pos_weight_or_nothing_at_all_for_it() -> None:
    assert creation(a_product(), ON, [])["weight"] == Decimal("1.2")
    assert creation(a_product(weight=None), ON, [])["weight"] == 0


def test_a_creation_carries_its_images_each_once_the_first_as_thumbnail() -> None:
    lamp, glow = "https://shop.example/lamp.jpg", "https://shop.example/glow.jpg"
    made = creation(a_product(images=(lamp, glow, lamp, "relative.jpg")), ON, [])
    assert [(i["image_url"], i["is_thumbnail"]) for i in made["images"]] == [
        (lamp, True),
        (glow, False),
    ]


def test_images_switched_off_are_not_sent_at_creation() -> None:
    policy = FieldPolicy({Field.IMAGES: Mode.OFF})
    assert "images" not in creation(a_product(images=("https://x.example/a.jpg",)), policy, [])


def test_categories_switched_off_are_not_sent_at_creation() -> None:
    assert creation(a_product(), ON, [12])["categories"] == [12]
    policy = FieldPolicy({Field.CATEGORIES: Mode.OFF})
    assert "categories" not in creation(a_product(), policy, [12])


def test_an_image_no_one_can_fetch_holds_back_no_other() -> None:
    good = "https://shop.example/lamp.jpg"
    assert sendable_images(a_product(images=("lamp.jpg", good))) == [good]


@pytest.mark.parametrize(
    ("key", "value", "change"),
    [
        ("name", "Storm Lantern", {"name": "Gale Lantern"}),
        ("description", "<p>Burns all night in a gale.</p>", {"description": "New"}),
        ("price", "39.9", {"price": Decimal("41.00")}),
        ("cost_price", "18", {"cost": Decimal("19.00")}),
        ("sku", "STORM-LANTERN", {"sku": "GALE"}),
        ("brand_name", "Pier & Sons", {"brand": "Harbour Co"}),
        ("upc", "", {"barcodes": Barcodes(upc="036000291452")}),
    ],
)
def test_a_held_value_stays_back_until_its_pos_value_changes(
    key: str, value: str, change: dict[str, Any]
) -> None:
    link = a_link(held={key: value})
    product = a_product()
    assert key not in content(product, ON, link)
    assert key in content(replace(product, **change), ON, link)


def test_holding_one_value_holds_back_no_other() -> None:
    held = content(a_product(), ON, a_link(held={"name": "Storm Lantern"}))
    assert set(content(a_product(), ON, a_link())) - set(held) == {"name"}


def test_equal_prices_have_equal_fingerprints_however_they_are_written() -> None:
    assert fingerprint({"price": Decimal("1.0")}) == fingerprint({"price": Decimal("1.00")})
    assert fingerprint({"price": Decimal("1.0")}) != fingerprint({"price": Decimal("1.01")})


def test_the_order_of_fields_does_not_matter_to_a_fingerprint() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})


def test_a_name_a_brand_and_options_are_cleaned_alike() -> None:
    raw, sent = "\u200bPins &amp; knots&notions\u00a0", "Pins & knots&notions"
    variant = a_variant("v-1", option_values=((raw, raw),))
    made = creation(a_product(name=raw, brand=raw, variants=(variant,)), ON, [])
    (option,) = made["variants"][0]["option_values"]
    assert (made["name"], made["brand_name"], option) == (
        sent,
        sent,
        {"option_display_name": sent, "label": sent},
    )
    assert category_name(raw) == sent


def test_nothing_unseen_goes_up_at_the_end_of_a_code_or_an_address() -> None:
    codes = Barcodes(upc="036000291452\u200b", gtin="\ufeff4006381333931")
    product = a_product(
        sku="LAMP\u00a0", mpn="PS\t", barcodes=codes, images=("https://i.eg/a.jpg ",)
    )
    made = creation(product, ON, [])
    assert [made[key] for key in ("sku", "mpn", "upc", "gtin")] == [
        "LAMP",
        "PS",
        "036000291452",
        "4006381333931",
    ]
    assert [image["image_url"] for image in made["images"]] == ["https://i.eg/a.jpg"]


@pytest.mark.parametrize(
    ("of_pos", "sent"), [("", "physical"), ("Physical", "physical"), (" DIGITAL ", "digital")]
)
def test_a_gift_card_or_a_service_is_created_as_what_the_pos_says(of_pos: str, sent: str) -> None:
    never = FieldPolicy({Field.TYPE: Mode.OFF})
    assert creation(a_product(type=of_pos), never, [])["type"] == sent
    unsaid = a_product(type=of_pos, unknown=frozenset({"type"}))
    assert creation(unsaid, ON, [])["type"] == "physical"


def test_an_update_leaves_the_type_alone_unless_the_pos_says_one() -> None:
    assert "type" not in content(a_product(), ON, a_link())
    assert content(a_product(type="digital"), ON, a_link())["type"] == "digital"
