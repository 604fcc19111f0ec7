"""Import: products that exist only on BigCommerce come into the POS (the AmberPOS article, 2)."""

import re
from decimal import Decimal

import pytest

from tests.builders import STORE, a_connection, a_product
from tests.import_world import ImportWorld
from tillbridge.domain.connection import Connection, Settings
from tillbridge.domain.errors import NeedsAttention, PosDown, Refused
from tillbridge.domain.link import IMPORTING, LinkStatus

SIZES = [
    {"sku": "SOCK-S", "option_values": [{"option_display_name": "Size", "label": "S"}]},
    {"sku": "SOCK-M", "option_values": [{"option_display_name": "Size", "label": "M"}]},
]


@pytest.fixture
def world() -> ImportWorld:
    return ImportWorld()


def test_the_bigcommerce_sku_becomes_the_product_number_and_the_sku_is_generated(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp", "LMP 01/b")
    world.imports_all()
    record = world.in_pos(lamp)
    assert record.product_number == "LMP 01/b"
    assert re.fullmatch(r"[0-9A-Z]{8}", record.sku)
    assert world.link_of(lamp).status is LinkStatus.LINKED


def test_a_product_without_a_sku_comes_in_with_a_blank_product_number(world: ImportWorld) -> None:
    lamp = world.sells("Lamp")
    world.imports_all()
    assert world.in_pos(lamp).product_number == ""
    assert world.in_pos(lamp).sku


def test_the_first_category_is_the_department_and_the_vendor_is_no_vendor(
    world: ImportWorld,
) -> None:
    lamp, rug = world.sells("Lamp", category="Lighting"), world.sells("Rug", category="Floors")
    shade = world.sells("Shade", category="Lighting")
    world.imports_all()
    assert [world.in_pos(each).department for each in (lamp, rug, shade)] == [
        "Lighting",
        "Floors",
        "Lighting",
    ]
    assert set(world.pos.departments) == {"Lighting", "Floors"}
    assert set(world.pos.vendors) == {"No Vendor"}


def test_a_product_without_a_category_goes_to_the_default_department() -> None:
    connection: Connection = a_connection(settings=Settings(default_department="From the web"))
    world = ImportWorld(connection)
    lamp = world.sells("Lamp")
    world.imports_all()
    assert world.in_pos(lamp).department == "From the web"


def test_price_cost_description_brand_barcodes_and_images_come_along(world: ImportWorld) -> None:
    lamp = world.sells(
        "Lamp",
        price=Decimal("19.90"),
        cost_price=Decimal("7.5"),
        description="<p>Bright</p>",
        brand_name="Glow",
        upc="012345678905",
        gtin="4006381333931",
        images=[{"image_url": "https://shop.example/lamp.jpg"}],
    )
    world.imports_all()
    record = world.in_pos(lamp)
    assert (record.price, record.cost) == (Decimal("19.90"), Decimal("7.5"))
    assert (record.description, record.brand) == ("<p>Bright</p>", "Glow")
    assert (record.barcodes.upc, record.barcodes.gtin) == ("012345678905", "4006381333931")
    assert record.images == ("https://shop.example/lamp.jpg",)


def test_each_variant_has_a_sku_of_its_own_and_keeps_its_options(world: ImportWorld) -> None:
    socks = world.sells("Socks", variants=SIZES)
    world.imports_all()
    record = world.in_pos(socks)
    assert [v.product_number for v in record.variants] == ["SOCK-S", "SOCK-M"]
    assert [v.option_values for v in record.variants] == [(("Size", "S"),), (("Size", "M"),)]
    skus = [record.sku, *(v.sku for v in record.variants)]
    assert len(set(skus)) == 3
    assert set(world.link_of(socks).variants) == {v.id for v in record.variants}


def test_the_events_of_our_own_create_push_nothing(world: ImportWorld) -> None:
    world.sells("Lamp", "LMP")
    world.sells("Socks", variants=SIZES)
    world.ask_for()
    world.import_until_quiet()
    world.push_until_quiet()
    assert world.writes() == []
    assert world.pending.rows == []


def test_after_an_import_a_change_pushes_and_the_bigcommerce_sku_stays(world: ImportWorld) -> None:
    lamp, socks = world.sells("Lamp", "LMP-01"), world.sells("Socks", variants=SIZES)
    world.imports_all()
    world.edits(lamp, price=Decimal(25), name="Tall Lamp")
    world.edits(socks, price=Decimal(9))
    world.push_until_quiet()
    assert (lamp.name, lamp.fields["price"], lamp.sku) == ("Tall Lamp", Decimal(25), "LMP-01")
    assert [v.sku for v in socks.variants.values()] == ["SOCK-S", "SOCK-M"]
    assert socks.sku == ""


def test_the_generated_sku_goes_up_with_the_first_change_of_a_product_that_had_none(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp")
    world.imports_all()
    assert lamp.sku == ""
    world.edits(lamp, price=Decimal(25))
    world.push_until_quiet()
    assert lamp.sku == world.in_pos(lamp).sku


def test_a_change_between_our_create_and_our_link_is_pushed(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP")
    told = world.pos.after_create

    def edited_at_once(product: object) -> None:
        told(product)  # type: ignore[arg-type]
        world.pos.edit(str(product), price=Decimal(77))
        world.push_until_quiet()  # its event finds no link yet

    world.pos.after_create = edited_at_once
    world.imports_all()
    assert lamp.fields["price"] == Decimal(77)


def test_a_description_the_pos_takes_shortened_stays_whole_in_the_store(
    world: ImportWorld,
) -> None:
    long = "<p>" + "word " * 20_000 + "</p>"
    lamp = world.sells("Lamp", "LMP", description=long)
    world.imports_all()
    assert len(world.in_pos(lamp).description) == 65_535
    (note,) = world.imports.outcomes[STORE, "r", lamp.id].held
    assert "description" in note
    assert "65,535" in note
    world.edits(lamp, price=Decimal(25))
    world.push_until_quiet()
    assert lamp.fields["description"] == long
    world.edits(lamp, description="Short now.")
    world.push_until_quiet()
    assert lamp.fields["description"] == "Short now."


def test_a_held_value_that_changed_in_the_pos_is_not_held_again_when_it_changes_back(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp", "LMP", description="x" * 70_000)
    world.imports_all()
    shortened = world.in_pos(lamp).description
    for text in ("Short now.", shortened):
        world.edits(lamp, description=text)
        world.push_until_quiet()
    assert lamp.fields["description"] == shortened


def test_a_gtin_with_letters_is_held_for_products_and_for_variants(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP", gtin="40063A", upc="12345")
    sizes = [SIZES[0] | {"gtin": "ABC"}, SIZES[1]]
    socks = world.sells("Socks", variants=sizes)
    world.imports_all()
    world.edits(lamp, price=Decimal(25))
    world.edits(socks, price=Decimal(25))
    world.push_until_quiet()
    assert (lamp.fields["gtin"], lamp.fields["upc"]) == ("40063A", "12345")
    assert next(iter(socks.variants.values())).fields["gtin"] == "ABC"
    assert any("GTIN of S" in note for note in world.imports.outcomes[STORE, "r", socks.id].held)


def test_a_linked_product_is_skipped_and_said_so(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP")
    world.imports_all()
    world.ask_for(lamp, request="again")
    world.import_until_quiet()
    outcome = world.imports.outcomes[STORE, "again", lamp.id]
    assert outcome.kind == "already_linked"
    assert len(world.pos.made) == 1


def test_a_product_whose_sku_the_pos_has_is_offered_as_a_link(world: ImportWorld) -> None:
    world.pos.save(a_product("p-lamp", sku="lmp-01", name="The same lamp"))
    lamp = world.sells("Lamp", "LMP-01")
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", lamp.id]
    assert (outcome.kind, outcome.product) == ("offered", "p-lamp")
    assert f"tillbridge link p-lamp {lamp.id}" in outcome.words
    assert world.pos.made == []


def test_products_are_asked_for_by_id_category_brand_or_keyword(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", category="Lighting", brand_name="Glow")
    rug = world.sells("Rug", category="Floors", brand_name="Weave")
    world.ask_for(rug)
    world.import_until_quiet()
    assert world.imports.kinds() == {rug.id: "imported"}
    world.imports_all(category="Lighting")
    assert world.imports.kinds() == {rug.id: "imported", lamp.id: "imported"}
    assert len(world.pos.made) == 2


def test_an_unknown_id_is_named(world: ImportWorld) -> None:
    lamp = world.sells("Lamp")
    world.web.remove(lamp.id)
    world.ask_for(lamp)
    world.import_until_quiet()
    assert world.imports.outcomes[STORE, "r", lamp.id].words == (
        f"BigCommerce has no product #{lamp.id}."
    )


def test_a_product_with_more_variants_than_the_pos_takes_is_named_and_left_alone(
    world: ImportWorld,
) -> None:
    sizes = [
        {"sku": f"R-{n}", "option_values": [{"option_display_name": "Size", "label": str(n)}]}
        for n in range(201)
    ]
    rope = world.sells("Rope", variants=sizes)
    world.imports_all()
    outcome = world.imports.outcomes[STORE, "r", rope.id]
    assert outcome.kind == "refused"
    assert "201 variants" in outcome.words
    assert world.links.holders(STORE, [rope.id]) == {}


def test_what_the_pos_refuses_is_told_field_by_field_and_can_be_linked_later(
    world: ImportWorld,
) -> None:
    lamp = world.sells("Lamp", "LMP")
    world.pos.refuses["LMP"] = Refused(422, "invalid", {"product_number": "is odd"})
    world.imports_all()
    assert "product_number: is odd" in world.imports.outcomes[STORE, "r", lamp.id].words
    assert world.links.holders(STORE, [lamp.id]) == {}


def test_a_sku_the_pos_has_after_all_is_replaced_by_the_next(world: ImportWorld) -> None:
    world.pos.taken_skus = {"P0009RGJ"}
    lamp = world.sells("Lamp", "LMP")
    world.imports_all()
    assert world.in_pos(lamp).sku not in {"", "P0009RGJ"}


def test_skus_begin_above_those_of_our_pattern_that_the_pos_already_has(
    world: ImportWorld,
) -> None:
    world.pos.save(a_product("p-old", sku="P0009RGJ", name="Old"))
    lamp = world.sells("Lamp", "LMP")
    world.imports_all()
    assert world.in_pos(lamp).sku > "P0009RGJ"


def test_while_the_pos_is_down_the_import_waits_and_nothing_is_made_twice(
    world: ImportWorld,
) -> None:
    shop = [world.sells(f"Lamp {n}", f"L-{n}") for n in range(30)]
    world.pos.fail("create", PosDown("down", 5.0))
    world.pos.fail("create", PosDown("down", 5.0), applied=True)
    world.pos.fail("vendor", PosDown("down"))
    world.imports_all()
    assert len(world.pos.made) == 30
    assert set(world.imports.kinds().values()) == {"imported"}
    assert {world.in_pos(each).product_number for each in shop} == {f"L-{n}" for n in range(30)}


def test_after_ten_tries_each_product_says_that_it_failed(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", "LMP")
    for _ in range(10):
        world.pos.fail("create", NeedsAttention("pos_token_dead", "The token is dead."))
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "failed"}
    assert world.links.holders(STORE, [lamp.id]) == {lamp.id: IMPORTING}
    world.ask_for(request="again")
    world.import_until_quiet()
    assert world.imports.outcomes[STORE, "again", lamp.id].kind == "imported"


def test_a_thousand_products_cost_one_read_per_250_and_little_more_than_one_pos_call_each(
    world: ImportWorld,
) -> None:
    for n in range(1_000):
        world.sells(f"Lamp {n}", f"L-{n}", category=f"Department {n % 10}")
    world.ask_for()
    world.import_until_quiet()
    assert set(world.imports.kinds().values()) == {"imported"}
    assert world.catalogue.reads == 4
    assert world.pos.calls.total() <= 1_100
    assert world.pos.calls["department"] == 10
    assert world.pos.calls["vendor"] == 1


def test_a_department_that_is_gone_from_the_pos_is_made_again(world: ImportWorld) -> None:
    world.sells("Lamp", "L-1", category="Lighting")
    world.imports_all()
    world.pos.departments.clear()
    rug = world.sells("Rug", "R-1", category="Lighting")
    world.ask_for(request="later")
    world.import_until_quiet()
    assert world.in_pos(rug).department == "Lighting"


def test_a_department_the_pos_refuses_is_told_and_its_neighbours_come_in(
    world: ImportWorld,
) -> None:
    lamp, rug = world.sells("Lamp", category="Odd"), world.sells("Rug")
    for _ in range(2):
        world.pos.fail("department", Refused(422, "invalid", {"name": "is odd"}))
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "refused", rug.id: "imported"}
    assert "name: is odd" in world.imports.outcomes[STORE, "r", lamp.id].words


def test_a_filter_bigcommerce_refuses_ends_in_words(world: ImportWorld) -> None:
    def refuses(*_: object) -> object:
        raise Refused(422, "The filter is invalid.")

    world.catalogue.page = refuses  # type: ignore[assignment, method-assign]
    world.ask_for(keyword="x")
    world.import_until_quiet()
    (outcome,) = world.imports.outcomes.values()
    assert outcome.kind == "failed"
    assert "The filter is invalid." in outcome.words


@pytest.mark.parametrize(("auto", "kind"), [("auto", "linked"), ("suggest", "offered")])
def test_with_auto_link_what_is_certain_is_linked_by_the_one_writer(auto: str, kind: str) -> None:
    world = ImportWorld(a_connection(settings=Settings(auto_link=auto)))
    world.pos.save(a_product("p-lamp", sku="LMP-01"))
    lamp = world.sells("Lamp", "LMP-01")
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: kind}
    asked = [ask.products for ask in world.asks.waiting(STORE)]
    assert asked == ([(("p-lamp", lamp.id),)] if auto == "auto" else [])


def test_a_shared_product_number_alone_is_never_linked_by_itself() -> None:
    world = ImportWorld(a_connection(settings=Settings(auto_link="auto")))
    world.pos.save(a_product("p-lamp", sku="OTHER", product_number="LMP-01"))
    lamp = world.sells("Lamp", "LMP-01")
    world.imports_all()
    assert world.imports.kinds() == {lamp.id: "offered"}
