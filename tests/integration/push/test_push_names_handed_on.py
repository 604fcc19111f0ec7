"""Names and SKUs that one product hands on to another, with the real client."""

from tests.articles.shelf import LAMP, ROPE, lamp, rope
from tests.harness import House


def test_a_name_and_a_sku_handed_on_in_one_burst_arrive(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp(), rope())
    old = lamp()
    house.stocks(lamp(name="Deck lantern", sku="DECK"))
    house.stocks(rope(name=old["name"], sku=old["sku"]))
    house.push(LAMP, ROPE)
    house.settle()
    assert house.is_linked(LAMP)
    assert house.is_linked(ROPE)
    house.assert_in_step()


def test_two_products_that_swap_name_and_sku_end_swapped(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp(), rope())
    old, other = lamp(), rope()
    house.stocks(lamp(name=other["name"], sku=other["sku"]))
    house.stocks(rope(name=old["name"], sku=old["sku"]))
    house.push(LAMP, ROPE)
    house.settle()
    assert house.is_linked(LAMP)
    assert house.is_linked(ROPE)
    house.assert_in_step()
