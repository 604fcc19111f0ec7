"""Stock that means "as much as you like", more than BigCommerce can count, with the real client."""

from typing import Any

from tests.articles.shelf import LAMP, SHIRT, lamp, shirt
from tests.harness import House


def endless(product: dict[str, Any]) -> dict[str, Any]:
    """Return the product with a stock in every size that stands for unlimited."""
    plenty = {"o-main": "9999999999"}
    return product | {"variants": [size | {"stock": plenty} for size in product["variants"]]}


def test_a_family_of_endless_stock_costs_neither_it_nor_its_neighbours_their_levels(
    quick_house: House,
) -> None:
    house = quick_house
    house.stocks(endless(shirt()), lamp(stock={"o-main": 7}))
    house.push(SHIRT, LAMP)
    house.settle()
    assert house.online(LAMP)["inventory_level"] == 7
    assert all(size["inventory_level"] > 1_000_000 for size in house.online(SHIRT)["variants"])
    house.assert_in_step()
