"""AmberPOS, part 2, "Importing Products Into AmberPOS", sentence by sentence."""

import re
from collections.abc import Iterator

import pytest

from tests.harness import STORE
from tests.import_house import ImportHouse
from tillbridge.domain.ids import StoreProductId
from tillbridge.domain.import_messages import Ask, PageMessage
from tillbridge.domain.link import LinkStatus


@pytest.fixture
def house() -> Iterator[ImportHouse]:
    with ImportHouse() as running:
        yield running


def _categories(house: ImportHouse, *names: str) -> list[int]:
    body = [{"tree_id": 1, "parent_id": 0, "name": name} for name in names]
    made = house.call("POST", "/catalog/trees/categories", body)["data"]
    return [each["category_id"] for each in made]


def test_the_web_view_shows_records_that_exist_on_bigcommerce(house: ImportHouse) -> None:
    """Whatever an import looked at stands in the web view, imported or not."""
    house.only_online({"name": "Lamp"}, {"name": "Rug"})
    house.import_all()
    assert {row.name for row in house.listed("web")} == {"Lamp", "Rug"}


def test_from_here_you_can_select_products_on_bigcommerce_and_import_them(
    house: ImportHouse,
) -> None:
    """The selected product comes in, and no other."""
    lamp, rug = house.only_online({"name": "Lamp"}, {"name": "Rug"})
    house.queue.put(PageMessage("r", STORE, Ask(ids=(StoreProductId(lamp),))))
    house.work_on_imports()
    assert [product.name for product in house.pos.catalogue.live()] == ["Lamp"]
    assert house.tables.links.holders(STORE, [StoreProductId(rug)]) == {}


def test_first_make_sure_the_item_is_not_linked(house: ImportHouse) -> None:
    """A linked product is skipped, and the outcome says so."""
    (lamp,) = house.only_online({"name": "Lamp"})
    house.import_all()
    house.queue.put(PageMessage("again", STORE, Ask(ids=(StoreProductId(lamp),))))
    house.work_on_imports()
    outcome = house.imports.outcomes[STORE, "again", StoreProductId(lamp)]
    assert outcome.kind == "already_linked"
    assert len(house.pos.catalogue.live()) == 1


def test_required_values_are_not_assumed_to_be_valid(house: ImportHouse) -> None:
    """Each value that the POS cannot take as it is, is named, and the store keeps its own."""
    story = "word " * 20_000
    (lamp,) = house.only_online({"name": "Lamp", "description": story})
    house.import_all()
    assert "description" in house.imports.outcomes[STORE, "r", StoreProductId(lamp)].held[0]
    house.pos.save_product(house.came_in_as(lamp), price="12.00")
    house.settle()
    assert house.online(house.came_in_as(lamp))["description"] == story


def test_the_sku_is_optional_on_bigcommerce_and_required_in_amberpos(house: ImportHouse) -> None:
    """A product without a SKU gets a generated one of numbers and letters."""
    (lamp,) = house.only_online({"name": "Lamp"})
    house.import_all()
    assert house.in_pos(lamp).product_number == ""
    assert re.fullmatch("[0-9A-Za-z]+", house.in_pos(lamp).sku)


def test_a_bigcommerce_sku_beyond_numbers_and_letters_goes_to_the_product_number(
    house: ImportHouse,
) -> None:
    """It is stored in the Product Number field, and the SKU is generated."""
    (lamp,) = house.only_online({"name": "Lamp", "sku": "LMP-01 a_b"})
    house.import_all()
    record = house.in_pos(lamp)
    assert record.product_number == "LMP-01 a_b"
    assert re.fullmatch("[0-9A-Za-z]+", record.sku)
    assert record.sku != record.product_number


def test_the_first_assigned_category_is_the_department(house: ImportHouse) -> None:
    """Of several categories, the first; without one, the department in the settings."""
    lights, floors = _categories(house, "Lights", "Floors")
    lamp, rug, bare = house.only_online(
        {"name": "Lamp", "categories": [lights, floors]},
        {"name": "Rug", "categories": [floors]},
        {"name": "Bare"},
    )
    house.import_all()
    found = [house.in_pos(each).department for each in (lamp, rug, bare)]
    assert [named.name for named in found if named] == ["Lights", "Floors", "Web"]


def test_new_departments_are_created_once_each(house: ImportHouse) -> None:
    """Two products of one category share the department it becomes."""
    (lights,) = _categories(house, "Lights")
    house.only_online(*({"name": f"Lamp {n}", "categories": [lights]} for n in range(30)))
    house.import_all()
    assert [named.name for named in house.pos.catalogue.departments.since(0)] == ["Lights"]


def test_a_default_no_vendor_is_assigned_to_the_product_that_is_imported(
    house: ImportHouse,
) -> None:
    """BigCommerce has no vendor, so the vendor is 'No Vendor'."""
    (lamp,) = house.only_online({"name": "Lamp"})
    house.import_all()
    vendor = house.in_pos(lamp).vendor
    assert vendor is not None
    assert vendor.name == "No Vendor"


def test_once_imported_into_amberpos_the_record_will_have_a_linked_status(
    house: ImportHouse,
) -> None:
    """It is linked, nothing was written to BigCommerce, and its next change goes up."""
    (lamp,) = house.only_online({"name": "Lamp", "sku": "LMP"})
    house.import_all()
    house.settle()
    product = house.came_in_as(lamp)
    assert house.link(product).status is LinkStatus.LINKED
    assert [call for call in house.calls() if not call.startswith("GET")] == []
    house.pos.save_product(product, name="Tall lamp")
    house.settle()
    assert (house.online(product)["name"], house.online(product)["sku"]) == ("Tall lamp", "LMP")
