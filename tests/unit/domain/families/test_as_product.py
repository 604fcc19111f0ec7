"""The product that a family is: what leads it, what is sold of it, and what cannot be."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.mirrored import a_level, a_variant, an_item
from tillbridge.domain.connection import Settings
from tillbridge.domain.families.as_product import as_product
from tillbridge.domain.families.family import Family, joined, renamed
from tillbridge.domain.families.parts import ItemPart, MemberFields, Named, Part
from tillbridge.domain.ids import MemberId, PosProductId
from tillbridge.domain.product import Barcodes, Product
from tillbridge.domain.stock_levels import levels

PARENT = an_item("chair", sku="", price=None, track_stock=False)
RED, BLUE = (a_variant(colour, "chair", colour) for colour in ("red", "blue"))


def product_of(*parts: Part) -> Product:
    return as_product(joined(Family(PosProductId("chair")), parts), 12)


def with_fields(part: ItemPart, **fields: Any) -> ItemPart:
    return replace(part, fields=replace(part.fields, **fields))


def test_one_row_is_a_product_without_variants() -> None:
    named: dict[str, Any] = {n: Named("1", n.title()) for n in ("department", "vendor", "brand")}
    row = an_item(
        "chair",
        product_number="N-1",
        description="<b>x</b>",
        images=("https://x/1",),
        weight=Decimal(2),
        **named,
    )
    product = product_of(row, a_level("chair", "4.5"))
    assert (product.id, product.version, product.name) == ("chair", 12, "Chair")
    assert (product.sku, product.product_number, product.price) == (
        "SKU-chair",
        "N-1",
        Decimal("9.50"),
    )
    assert (product.department, product.vendor, product.brand) == ("Department", "Vendor", "Brand")
    assert (product.description, product.images, product.weight) == (
        "<b>x</b>",
        ("https://x/1",),
        Decimal(2),
    )
    assert [level.on_hand for level in product.stock] == [Decimal("4.5")]
    assert (product.variants, product.unreadable) == ((), "")


def test_a_parent_without_options_is_no_variant_and_needs_no_price() -> None:
    product = product_of(RED, PARENT, BLUE, a_level("red"), a_level("chair", "99"))
    assert [each.id for each in product.variants] == ["blue", "red"]
    assert (product.options, product.sku, product.stock) == (("Colour",), "", ())
    assert (product.unreadable, product.price, product.track_stock) == ("", Decimal("9.50"), True)


def test_a_parent_with_options_is_a_variant_and_leads() -> None:
    product = product_of(BLUE, a_variant("chair", None, "green"))
    assert [(each.id, each.option_values) for each in product.variants] == [
        ("chair", (("Colour", "green"),)),
        ("blue", (("Colour", "blue"),)),
    ]


def test_another_leads_where_the_parent_is_deleted() -> None:
    gone = an_item("chair", 2, deleted=True)
    led = a_variant("zinc", None, "zinc", version=3)
    product = product_of(RED, BLUE, with_fields(led, name="Zinc chair"), PARENT, gone)
    assert (product.id, product.name, product.deleted) == ("chair", "Zinc chair", False)
    assert [each.id for each in product.variants] == ["zinc", "blue", "red"]


def test_children_without_a_parent_are_led_by_the_first_of_them() -> None:
    assert product_of(RED, with_fields(BLUE, name="Blue chair")).name == "Blue chair"


def test_one_member_that_is_deleted_is_a_variant_less() -> None:
    product = product_of(RED, PARENT, BLUE, an_item("red", 2, "chair", deleted=True))
    assert [each.id for each in product.variants] == ["blue"]


def test_all_deleted_are_a_tombstone_with_the_name_that_is_known() -> None:
    gone = [replace(RED, version=2, deleted=True), ItemPart(MemberId("chair"), 3, deleted=True)]
    product = product_of(RED, PARENT, *gone)
    assert (product.deleted, product.name, product.version) == (True, "Chair", 12)
    assert product_of(ItemPart(MemberId("chair"), 3, deleted=True)).name == ""


def test_a_level_that_no_row_tells_of_is_unknown_and_not_nought() -> None:
    deleted = replace(a_level("red", "5"), deleted=True)
    product = product_of(PARENT, RED, BLUE, a_level("blue", "0"), deleted)
    assert levels(product, Settings()).keys() == {"blue"}
    assert levels(product_of(an_item("chair")), Settings()) == {}


def test_levels_are_those_of_each_outlet() -> None:
    product = product_of(PARENT, RED, a_level("red", "2", outlet="o-2"), a_level("red", "-1"))
    assert [(s.outlet_id, s.on_hand) for s in product.variants[0].stock] == [
        ("o-1", Decimal(-1)),
        ("o-2", Decimal(2)),
    ]


def test_what_the_pos_does_not_say_stays_unknown() -> None:
    product = product_of(
        with_fields(PARENT, unknown=frozenset({"cost", "mpn"})),
        with_fields(RED, unknown=frozenset({"cost"})),
    )
    assert not product.knows("cost")
    assert not product.knows("mpn")
    assert not product.variants[0].knows("cost")
    assert product.knows("price")


def test_a_variant_without_a_cost_inherits_none() -> None:
    cost = Decimal(5)
    dear, none = with_fields(RED, cost=cost), with_fields(BLUE, cost=None)
    parent = with_fields(PARENT, cost=cost)
    assert product_of(parent, dear).cost == cost
    assert product_of(parent, dear, none).cost is None
    assert product_of(with_fields(PARENT, cost=None), dear).cost is None


def test_a_family_is_active_while_something_is_sold_of_it() -> None:
    off = with_fields(RED, active=False)
    assert product_of(PARENT, off, BLUE).active
    assert not product_of(PARENT, off).active


def test_the_newest_names_of_brands_are_shown() -> None:
    family = joined(Family(PosProductId("chair")), [an_item("chair", brand=Named("b-1", "Oak"))])
    assert as_product(renamed(family, {"b-1": "Oak & Co", "b-2": "x"}), 1).brand == "Oak & Co"
    assert renamed(family, {"b-1": "Oak"}) is family


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([an_item("chair", price=None)], "price is missing"),
        ([PARENT, with_fields(RED, price=None)], "price of variant SKU-red is missing"),
        (
            [PARENT, with_fields(RED, price=None, sku=" "), with_fields(BLUE, price=None)],
            "price of variants SKU-blue, red is missing",
        ),
        ([an_item("chair", unreadable="name is too long", price=None)], "name is too long"),
        ([PARENT, RED, with_fields(BLUE, unreadable="sku has a NUL")], "sku has a NUL"),
        ([PARENT, RED, an_item("blue", parent="chair")], "options of variant SKU-blue are missing"),
        (
            [PARENT, *(an_item(f"m-{n}", parent="chair") for n in range(5)), RED],
            "options of variants SKU-m-0, SKU-m-1, SKU-m-2 and 2 more are missing",
        ),
        (
            [PARENT, an_item("blue", parent="chair")],
            "it has several variants and no options that tell them apart",
        ),
        (
            [PARENT, RED, with_fields(BLUE, options=(("Size", "S"), ("Colour", "blue")))],
            "its variants have different options: Size, Colour of variant SKU-blue, Colour of variant SKU-red",
        ),
    ],
)
def test_what_cannot_be_sold_says_why_and_keeps_its_stock(parts: list[Part], words: str) -> None:
    member = parts[-1].member
    product = product_of(*parts, a_level(member, "3"))
    assert product.unreadable == words
    stock = [*product.stock, *(level for each in product.variants for level in each.stock)]
    assert [str(level.on_hand) for level in stock] in (["3"], [])


def test_options_in_another_order_are_the_same_options() -> None:
    two = (("Size", "S"), ("Colour", "blue")), (("Colour", "red"), ("Size", "M"))
    product = product_of(
        PARENT, *(with_fields(p, options=o) for p, o in zip((BLUE, RED), two, strict=True))
    )
    assert product.unreadable == ""
    assert product.options == ("Size", "Colour")
    assert [each.option_values for each in product.variants] == [
        two[0],
        (("Size", "M"), ("Colour", "red")),
    ]


def test_a_family_that_is_called_unreadable_keeps_its_stock() -> None:
    family = joined(Family(PosProductId("chair")), [PARENT, RED, a_level("red")])
    product = as_product(family, 3, "it is too large")
    assert (product.unreadable, product.variants[0].stock[0].on_hand) == (
        "it is too large",
        Decimal(4),
    )


def test_rows_have_the_fields_that_products_have() -> None:
    assert {f for f in MemberFields.__dataclass_fields__ if f != "options"} <= set(
        Product.__dataclass_fields__
    )


def test_a_brand_whose_name_nobody_told_is_unknown_and_never_blank() -> None:
    product = product_of(an_item("chair", brand=Named("b-1", ""), vendor=Named("v-1", "Peak")))
    assert product.unknown == {"brand"}
    assert (product.brand, product.vendor) == ("", "Peak")


def test_a_family_has_no_number_and_no_barcode_of_its_own_for_they_are_its_variants() -> None:
    red = with_fields(RED, barcodes=Barcodes(upc="036000291452"), product_number="N-1")
    product = product_of(PARENT, red, BLUE)
    assert {"product_number", "barcodes"} <= product.unknown
    assert (product.sku, product.barcodes) == ("", Barcodes())
    assert product.knows("sku"), "a variant has the SKU now that the simple product had"
    assert {each.product_number for each in product.variants} == {"N-1", ""}
