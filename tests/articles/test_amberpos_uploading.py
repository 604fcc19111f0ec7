"""AmberPOS, part 1, "Uploading Products Onto BigCommerce", sentence by sentence."""

from tests.articles.shelf import LAMP, ROPE, SHIRT, lamp, rope, shirt
from tests.harness import House
from tillbridge.domain.link import Link, LinkStatus


def _refused(house: House, product: str) -> Link:
    link = house.link(product)
    assert link.status is LinkStatus.FAILED
    assert link.problem is not None
    return link


def test_this_article_details_how_to_push_data_onto_bigcommerce(house: House) -> None:
    """Data of the POS gets onto BigCommerce: simple products and ones with variants."""
    house.stocks(lamp(), shirt())
    house.push(LAMP, SHIRT)
    house.settle()
    assert sorted(house.names_online()) == ["Fisherman's Shirt", "Storm Lantern"]
    house.assert_in_step()


def test_the_amberpos_view_displays_product_records_that_exist_in_amberpos(house: House) -> None:
    """The POS side is listed apart from the web side, with what exists there."""
    house.stocks(lamp())
    house.control.seed(
        products=[{"name": "Only online", "type": "physical", "weight": 0, "price": 1}]
    )
    house.pos.save_product(LAMP, price="40")
    house.pos.save_product("p-anchor", name="Anchor", sku="ANCHOR")
    house.settle()
    assert {row.name for row in house.listed("pos")} == {"Storm Lantern", "Anchor"}


def test_products_listed_here_will_have_a_linked_status(house: House) -> None:
    """Each product of the list is linked or is not."""
    house.has_linked(lamp())
    house.pos.save_product("p-anchor", name="Anchor", sku="ANCHOR")
    house.settle()
    status = {row.name: house.is_linked(row.id) for row in house.listed("pos")}
    assert status == {"Storm Lantern": True, "Anchor": False}


def test_products_in_amberpos_that_are_not_linked_to_records_on_bigcommerce(house: House) -> None:
    """A product that only changed in the POS stays not linked, and nothing goes online."""
    house.pos.save_product(LAMP, name="Storm Lantern", sku="LANTERN-1")
    house.settle()
    assert not house.is_linked(LAMP)
    assert house.names_online() == []
    assert house.calls() == {}


def test_products_in_amberpos_that_are_linked_to_records_on_bigcommerce(house: House) -> None:
    """A linked product knows which record on BigCommerce is its own."""
    house.has_linked(lamp())
    number = house.link(LAMP).id
    assert house.call("GET", f"/catalog/products/{number}")["data"]["name"] == "Storm Lantern"


def test_if_you_select_a_product_and_click_the_button_its_information_will_push(
    house: House,
) -> None:
    """The selected product goes to BigCommerce, and no other."""
    house.stocks(lamp(), rope())
    house.push(LAMP)
    house.settle()
    assert house.names_online() == ["Storm Lantern"]


def test_for_a_product_that_is_not_linked_it_will_create_the_record_online(house: House) -> None:
    """The new record has everything the POS knows; it is on the storefront, with its stock."""
    house.stocks(lamp())
    house.push(LAMP)
    house.settle()
    online = house.online(LAMP)
    assert online["name"] == "Storm Lantern"
    assert online["description"] == "<p>Burns all night in a gale.</p>"
    assert (online["sku"], online["upc"], online["gtin"]) == (
        "LANTERN-1",
        "036000291452",
        "4006381333931",
    )
    assert (online["price"], online["cost_price"], online["weight"]) == (39.9, 18, 1.2)
    assert online["brand"] == "Pier & Sons"
    assert online["inventory_level"] == 9
    assert online["is_visible"] is True
    assert online["channels"] == [1]
    assert len(online["images"]) == 1
    assert len(online["categories"]) == 1
    assert house.calls()["POST /catalog/products"] == 1


def test_for_a_linked_record_it_will_simply_update_the_linked_record_online(house: House) -> None:
    """The same record is updated: no second one is made, and nothing edited by hand online
    stays."""
    house.has_linked(lamp())
    before = house.link(LAMP).id
    house.edits_online(LAMP, name="Renamed online", price=1, description="Edited online")
    house.push(LAMP)
    house.settle()
    assert house.link(LAMP).id == before
    assert house.names_online() == ["Storm Lantern"]
    assert "POST /catalog/products" not in house.calls()
    house.assert_in_step()


def test_if_you_receive_an_error_check_whether_a_record_of_the_same_name_exists(
    house: House,
) -> None:
    """The error itself says which BigCommerce record has the name, and offers to link to it."""
    (number,) = house.control.seed(
        products=[{"name": "Storm Lantern", "type": "physical", "weight": 0, "price": 1}]
    )
    house.stocks(lamp())
    house.push(LAMP)
    house.settle()
    problem = _refused(house, LAMP).problem
    assert problem is not None
    assert problem.holder == number
    assert f"#{number}" in problem.words
    assert "link to it" in problem.words


def test_bigcommerce_does_not_allow_more_than_one_record_of_the_same_name(house: House) -> None:
    """Of two POS products of one name the first is created; the refusal of the second names the
    first."""
    house.stocks(lamp(), rope(name="STORM LANTERN"))
    house.push(LAMP, ROPE)
    house.settle()
    assert house.names_online() == ["Storm Lantern"]
    problem = _refused(house, ROPE).problem
    assert problem is not None
    assert problem.code == "name_taken"
    assert LAMP in problem.words


def test_review_your_product_to_make_sure_that_all_values_stored_to_it_are_valid(
    house: House,
) -> None:
    """Every invalid value is named, and no call is spent on it."""
    house.stocks(lamp(name="x" * 251, sku="LANTERN/1"))
    house.push(LAMP)
    house.settle()
    problem = _refused(house, LAMP).problem
    assert problem is not None
    assert "251 characters" in problem.words
    assert "'LANTERN/1'" in problem.words
    assert "POST /catalog/products" not in house.calls()


def test_then_update_the_lc_resources_and_click_on_the_button(house: House) -> None:
    """Once the cause is gone, one push reads both sides again and gets the product online."""
    (number,) = house.control.seed(
        products=[{"name": "Storm Lantern", "type": "physical", "weight": 0, "price": 1}]
    )
    house.stocks(lamp())
    house.push(LAMP)
    house.settle()
    _refused(house, LAMP)
    house.call("PUT", f"/catalog/products/{number}", {"name": "Old lantern"})
    house.push(LAMP)
    house.settle()
    assert house.is_linked(LAMP)
    assert house.names_online() == ["Old lantern", "Storm Lantern"]
    house.assert_in_step()


def test_once_uploaded_onto_bigcommerce_the_record_will_have_a_linked_status(house: House) -> None:
    """Afterwards it is linked, and so are its variants; its changes go up without anybody's
    help."""
    house.stocks(shirt())
    house.push(SHIRT)
    house.settle()
    assert house.is_linked(SHIRT)
    assert len(house.link(SHIRT).variants) == 2
    house.pos.save_product(SHIRT, price="26")
    house.settle()
    assert house.online(SHIRT)["price"] == 26
