"""What a BigCommerce product becomes in the POS (the AmberPOS article, 2)."""

import re
from collections.abc import Iterable
from decimal import Decimal

import pytest

from tests.builders import a_connection, a_product
from tests.import_world import SOCK_SIZES, ImportWorld
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.lanes import Lane
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.pending import Change


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
    socks = world.sells("Socks", variants=SOCK_SIZES)
    world.imports_all()
    record = world.in_pos(socks)
    assert [v.product_number for v in record.variants] == ["SOCK-S", "SOCK-M"]
    assert [v.option_values for v in record.variants] == [(("Size", "S"),), (("Size", "M"),)]
    skus = [record.sku, *(v.sku for v in record.variants)]
    assert len(set(skus)) == 3
    assert set(world.link_of(socks).variants) == {v.id for v in record.variants}


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


def test_products_are_asked_for_by_id_category_brand_or_keyword(world: ImportWorld) -> None:
    lamp = world.sells("Lamp", category="Lighting", brand_name="Glow")
    rug = world.sells("Rug", category="Floors", brand_name="Weave")
    world.ask_for(rug)
    world.import_until_quiet()
    assert world.imports.kinds() == {rug.id: "imported"}
    world.imports_all(category="Lighting")
    assert world.imports.kinds() == {rug.id: "imported", lamp.id: "imported"}
    assert len(world.pos.made) == 2


@pytest.mark.parametrize("mode", list(WebOrderMode))
def test_levels_of_a_new_link_are_looked_at_where_web_orders_may_wait_for_it(
    mode: WebOrderMode,
) -> None:
    world = ImportWorld(a_connection(settings=Settings(web_orders=mode)))
    lamp = world.sells("Lamp", "LMP")
    marked: list[Change] = []
    mark = world.pending.mark

    def noted(changes: Iterable[Change]) -> None:
        marked.extend(some := list(changes))
        mark(some)

    world.pending.mark = noted  # type: ignore[method-assign]  # the drain clears them at once
    world.imports_all()
    wanted = [] if mode is WebOrderMode.OFF else [world.in_pos(lamp).id]
    assert [each.product for each in marked if each.lane is Lane.STOCK] == wanted
