"""Categories that somebody deletes online, with the real client."""

from tests.articles.shelf import LAMP, lamp, rope
from tests.harness import House
from tillbridge.domain.link import LinkStatus


def test_a_store_that_demands_categories_takes_what_has_a_department_and_says_what_lacks(
    quick_house: House,
) -> None:
    house = quick_house
    house.control.set_hazard("v2-experience")
    house.stocks(lamp(), rope())
    assert lamp()["department"]
    assert not rope().get("department")
    house.push(LAMP)
    house.push(rope()["id"])
    house.settle()
    assert house.is_linked(LAMP)
    refused = house.link(rope()["id"])
    assert refused.status is LinkStatus.FAILED
    assert refused.problem
    assert "category" in str(refused.problem)


def test_a_remembered_category_that_was_deleted_online_is_made_again(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp())
    (category,) = house.online(LAMP)["categories"]
    house.edits_online(LAMP, categories=[])
    house.call("DELETE", f"/catalog/trees/categories?category_id:in={category}")
    duplicate = rope() | {"department": lamp()["department"]}
    house.stocks(duplicate)
    house.push(duplicate["id"])
    house.settle()
    link = house.link(duplicate["id"])
    assert link.status is LinkStatus.LINKED, link.problem
    (made,) = house.online(duplicate["id"])["categories"]
    assert made != category
