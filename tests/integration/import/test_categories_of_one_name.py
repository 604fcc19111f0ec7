"""Categories of one name at several levels of the store's tree."""

from collections.abc import Iterator

import pytest

from tests.articles.shelf import LAMP, lamp
from tests.import_house import ImportHouse


@pytest.fixture
def house() -> Iterator[ImportHouse]:
    with ImportHouse() as running:
        yield running


def _category(house: ImportHouse, name: str, parent: int = 0) -> int:
    body = [{"tree_id": 1, "parent_id": parent, "name": name}]
    (made,) = house.call("POST", "/catalog/trees/categories", body)["data"]
    return int(made["category_id"])


def test_a_push_takes_the_top_level_category_and_never_a_deeper_one(house: ImportHouse) -> None:
    department = lamp()["department"]
    deeper = _category(house, department, parent=_category(house, "Bikes"))
    house.stocks(lamp())
    house.push(LAMP)
    house.settle()
    (category,) = house.online(LAMP)["categories"]
    found = house.call("GET", f"/catalog/trees/categories?category_id:in={category}")["data"]
    assert [(each["name"], each["parent_id"]) for each in found] == [(department, 0)]
    assert category != deeper


def test_an_import_brings_products_of_both_into_one_department(house: ImportHouse) -> None:
    top, bikes = _category(house, "Accessories"), _category(house, "Bikes")
    deeper = _category(house, "Accessories", parent=bikes)
    ids = house.only_online(
        {"name": "Bell", "categories": [deeper]}, {"name": "Mug", "categories": [top, bikes]}
    )
    house.import_all()
    assert {house.in_pos(each).department.name for each in ids} == {"Accessories"}
    assert len(house.pos.catalogue.departments.since(0)) == 1
