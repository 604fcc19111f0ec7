"""Categories that somebody deletes online, with the real client."""

from tests.articles.shelf import LAMP, lamp, rope
from tests.harness import House
from tillbridge.domain.link import LinkStatus


def test_a_remembered_category_that_was_deleted_online_is_made_again(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp())
    (category,) = house.online(LAMP)["categories"]
    house.edits_online(LAMP, categories=[])
    house.call("DELETE", f"/catalog/trees/categories?category_id:in={category}")
    twin = rope() | {"department": lamp()["department"]}
    house.stocks(twin)
    house.push(twin["id"])
    house.settle()
    link = house.link(twin["id"])
    assert link.status is LinkStatus.LINKED, link.problem
    (made,) = house.online(twin["id"])["categories"]
    assert made != category
