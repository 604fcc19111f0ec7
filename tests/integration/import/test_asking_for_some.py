"""Which products an import asks for, with the real client on the sandbox store."""

from collections.abc import Iterator

import pytest

from tests.harness import STORE
from tests.import_house import ImportHouse
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.import_messages import Ask
from tillbridge.domain.web_product import WebProduct


@pytest.fixture
def house() -> Iterator[ImportHouse]:
    with ImportHouse() as running:
        yield running


def asked(house: ImportHouse, ask: Ask) -> list[WebProduct]:
    connection = house.tables.stores.find(STORE)
    assert connection is not None
    reader = house.clients.catalogue_at(connection, 2**53)
    page = reader.page(ask, 0)
    found = list(page.products)
    while page.more:
        page = reader.page(ask, page.last)
        found += page.products
    return found


def names(house: ImportHouse, ask: Ask) -> list[str]:
    return [product.name for product in asked(house, ask)]


def test_by_category_brand_and_keyword_and_all_of_them_at_once(house: ImportHouse) -> None:
    lights, floors = (
        made["category_id"]
        for made in house.call(
            "POST",
            "/catalog/trees/categories",
            [{"tree_id": 1, "parent_id": 0, "name": name} for name in ("Lights", "Floors")],
        )["data"]
    )
    house.only_online(
        {"name": "Red lamp", "categories": [lights], "brand_name": "Glow"},
        {"name": "Blue lamp", "categories": [lights], "brand_name": "Wick"},
        {"name": "Red rug", "categories": [floors], "brand_name": "Glow"},
    )
    assert names(house, Ask(category="Lights")) == ["Red lamp", "Blue lamp"]
    assert names(house, Ask(brand="Glow")) == ["Red lamp", "Red rug"]
    assert names(house, Ask(keyword="red")) == ["Red lamp", "Red rug"]
    assert names(house, Ask(category="Lights", brand="Glow", keyword="red")) == ["Red lamp"]
    assert names(house, Ask(category="Nothing")) == names(house, Ask(brand="Nobody")) == []
    assert [p.category for p in asked(house, Ask())] == ["Lights", "Lights", "Floors"]
    assert [p.brand for p in asked(house, Ask())] == ["Glow", "Wick", "Glow"]


def test_categories_of_one_name_are_asked_for_one_by_one(house: ImportHouse) -> None:
    def shelf(parent: int, name: str) -> int:
        place = {"parent_id": parent} if parent else {"tree_id": 1}
        made = house.call("POST", "/catalog/trees/categories", [{"name": name, **place}])
        return int(made["data"][0]["category_id"])

    sale = shelf(0, "Sale")
    below = shelf(shelf(0, "Lights"), "Sale")
    lamps = [{"name": f"Lamp {n}", "categories": [below, sale][: n % 2 + 1]} for n in range(260)]
    house.only_online({"name": "Rug", "categories": [sale]}, *lamps)
    expected = ["Rug", *(str(lamp["name"]) for lamp in lamps)]
    assert names(house, Ask(category="Sale")) == expected


def test_more_ids_than_a_page_holds_are_read_in_pages(house: ImportHouse) -> None:
    ids = house.only_online(*({"name": f"Lamp {n}"} for n in range(260)))
    wanted = [*map(StoreProductId, ids), StoreProductId(99_999)]
    assert len(asked(house, Ask(ids=tuple(wanted)))) == 260


def test_a_product_of_many_variants_is_read_whole(house: ImportHouse) -> None:
    sizes = [
        {"sku": f"R-{n}", "option_values": [{"option_display_name": "Size", "label": str(n)}]}
        for n in range(100)
    ]
    house.only_online({"name": "Rope", "inventory_tracking": "variant", "variants": sizes})
    (rope,) = asked(house, Ask())
    assert len(rope.variants) == 100
    house.import_all()
    (product,) = house.pos.catalogue.live()
    assert [v.product_number for v in product.variants] == [f"R-{n}" for n in range(100)]


def test_values_come_as_bigcommerce_has_them(house: ImportHouse) -> None:
    house.only_online(
        {"name": "Lamp", "sku": "LMP", "price": 12.345, "cost_price": 3, "is_visible": False,
         "type": "digital", "inventory_tracking": "none"},
        {"name": "Bare"},
    )  # fmt: skip
    lamp, bare = asked(house, Ask())
    assert (lamp.type, lamp.visible, lamp.tracking) == ("digital", False, "none")
    assert str(lamp.price) == "12.345"
    assert (bare.sku, bare.brand, bare.category, bare.variants) == ("", "", "", ())
