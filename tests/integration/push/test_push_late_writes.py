"""A write that times out and is carried out after a newer one: on the sandbox store, with the real
client."""

import pytest

from tests.articles.shelf import LAMP, lamp
from tests.harness import STORE, House
from tillbridge.usecases.store_work import work_on_store


@pytest.mark.parametrize("how", ["drop", "504"])
@pytest.mark.parametrize("seconds", [30, 300, 840])
def test_an_older_price_that_comes_late_is_replaced(
    quick_house: House, seconds: int, how: str
) -> None:
    house = quick_house
    house.has_linked(lamp(price="10.00"))
    house.control.set_hazard(
        "applied-late",
        remaining=1,
        method="PUT",
        path="^/catalog/products$",
        seconds=seconds,
        how=how,
    )
    house.pos.save_product(LAMP, price="99.00")
    _one_slice(house)
    house.pos.save_product(LAMP, price="10.00")
    _one_slice(house)
    assert house.control.wait(seconds) == 0
    assert house.online(LAMP)["price"] == 99
    house.settle()
    assert house.online(LAMP)["price"] == 10
    house.assert_in_step()
    assert house.link(LAMP).doubts == {}


@pytest.mark.parametrize("how", ["drop", "504"])
def test_an_older_level_that_comes_late_is_replaced(quick_house: House, how: str) -> None:
    house = quick_house
    house.has_linked(lamp())
    before = house.online(LAMP)["inventory_level"]
    house.control.set_hazard(
        "applied-late", remaining=1, method="PUT", path="^/inventory", seconds=300, how=how
    )
    house.pos.sell([{"product_id": LAMP, "quantity": "1"}])
    _one_slice(house)
    house.pos.refund([{"product_id": LAMP, "quantity": "1"}])
    _one_slice(house)
    house.control.wait(300)
    house.control.settle()
    assert house.online(LAMP)["inventory_level"] == before - 1
    house.settle()
    assert house.online(LAMP)["inventory_level"] == before
    house.assert_in_step()


def _one_slice(house: House) -> None:
    work_on_store(STORE, house.deps)
