"""The Retail POS article: which side is the system of record, and when it pushes."""

import pytest

from tests.articles.shelf import (
    LAMP,
    PRODUCT_A,
    ROPE,
    SHIRT,
    a_size,
    everything,
    lamp,
    product_a,
    rope,
    shirt,
)
from tests.articles.triggers import TRIGGERS
from tests.harness import House

FORMATTED = '<div class="rich"><h2>Made to last</h2><p><em>Our favourite.</em></p></div>'
UNITS = {
    LAMP: {"product_id": LAMP},
    SHIRT: {"product_id": SHIRT, "variant_id": "v-shirt-m"},
}


def _happens_and_arrives(house: House, trigger: str) -> None:
    """Assert that all of the POS's values are online after the trigger, though each was spoiled
    before."""
    house.has_linked(lamp(), shirt())
    for product, unit in UNITS.items():
        house.edits_online(product, name=f"Spoiled {product}", description=FORMATTED, price=1)
        TRIGGERS[trigger](house.pos, unit)
        assert house.events[-1]["detail-type"] == trigger
    house.settle()
    assert sorted(house.names_online()) == ["Fisherman's Shirt", "Storm Lantern"]
    house.assert_in_step()


def test_retail_pos_becomes_the_system_of_record_for_all_product_and_inventory_information(
    house: House,
) -> None:
    """Whatever differs online, of a product or its stock, becomes what the POS says."""
    house.has_linked(*everything())
    for product in (PRODUCT_A, LAMP, SHIRT, ROPE):
        fields = {"name": f"Theirs {product}", "sku": f"X-{product}", "cost_price": 1, "upc": ""}
        house.edits_online(product, **fields, price=2, is_visible=True, brand_id=0)
    house.push(PRODUCT_A, LAMP, SHIRT, ROPE)
    house.settle()
    house.assert_in_step()


def test_while_bigcommerce_offers_the_online_experience(house: House) -> None:
    """What is pushed is for sale online: visible, on the storefront, in stock."""
    house.has_linked(lamp())
    online = house.online(LAMP)
    assert (online["is_visible"], online["channels"]) == (True, [1])
    assert online["availability"] == "available"
    assert online["inventory_level"] == 9


def test_the_authoritative_source_wins_where_several_sources_hold_the_same_data(
    house: House,
) -> None:
    """One field changed on both sides between two pushes: the POS's value stays."""
    house.has_linked(lamp())
    house.edits_online(LAMP, price=55)
    house.pos.save_product(LAMP, price="44")
    house.settle()
    assert house.online(LAMP)["price"] == 44


def test_there_must_be_only_one_system_of_record_which_is_retail_pos(house: House) -> None:
    """Nothing ever goes the other way: a push writes none of the POS's records."""
    house.has_linked(lamp())
    version = house.pos.catalogue.version
    house.edits_online(LAMP, name="Theirs", price=55)
    house.push(LAMP)
    house.settle()
    assert house.pos.catalogue.version == version
    assert house.pos.catalogue.get(LAMP).name == "Storm Lantern"


def test_changes_to_your_linked_products_need_to_be_completed_in_retail_pos(house: House) -> None:
    """A change made in BigCommerce lasts until the next change in the POS, and no longer."""
    house.has_linked(lamp())
    house.edits_online(LAMP, name="Changed in BigCommerce")
    assert house.online(LAMP)["name"] == "Changed in BigCommerce"
    house.pos.save_product(LAMP, cost="17")
    house.settle()
    assert house.online(LAMP)["name"] == "Storm Lantern"


def test_any_changes_to_products_in_retail_pos_will_force_them_to_update_in_bigcommerce(
    house: House,
) -> None:
    """Every field that can change in the POS changes online."""
    house.has_linked(lamp(), shirt())
    house.pos.save_product(
        LAMP,
        name="Gale Lantern",
        sku="LANTERN-2",
        description_html="<p>New.</p>",
        price="41.50",
        cost="19.10",
        brand="Harbour Co",
        barcodes=[{"type": "UPC", "code": "012345678905"}],
        images=[{"url": "https://pictures.example/gale.jpg"}],
        active=False,
        stock={"o-main": "3"},
    )
    house.pos.save_product(
        SHIRT,
        variants=[
            a_size("S", price="24", sku="SHIRT-SMALL"),
            a_size("M", cost="8"),
            a_size("L", stock={"o-main": 3}),
        ],
    )
    house.settle()
    online = house.online(LAMP)
    assert (online["name"], online["brand"]) == ("Gale Lantern", "Harbour Co")
    assert online["is_visible"] is False
    assert len(house.online(SHIRT)["variants"]) == 3
    house.assert_in_step()


def test_retail_pos_will_push_any_changes_to_bigcommerce_for_linked_products(house: House) -> None:
    """Nobody clicks anything; of products that are not linked nothing is sent at all."""
    house.has_linked(lamp())
    house.stocks(rope())
    for unit in (LAMP, ROPE):
        for happens in TRIGGERS.values():
            happens(house.pos, {"product_id": unit})
    house.settle()
    house.assert_in_step()
    assert house.names_online() == ["Storm Lantern"]
    assert not house.is_linked(ROPE)


def test_when_a_product_is_saved_on_the_edit_product_page(house: House) -> None:
    """Saving a product pushes it."""
    _happens_and_arrives(house, "product.saved")


def test_when_a_product_csv_is_imported(house: House) -> None:
    """Importing a CSV pushes every linked product in it."""
    _happens_and_arrives(house, "product.imported")


def test_when_a_product_is_sold(house: House) -> None:
    """A sale pushes the product, its new stock first."""
    _happens_and_arrives(house, "sale.completed")
    assert house.online(LAMP)["inventory_level"] == 8


@pytest.mark.parametrize("what", ["refund", "exchange"])
def test_when_a_refund_or_exchange_is_done_on_retail_pos(house: House, what: str) -> None:
    """A refund pushes what came back; an exchange pushes what came back and what went out."""
    _happens_and_arrives(house, f"{what}.completed")
    assert house.online(LAMP)["inventory_level"] == {"refund": 10, "exchange": 8}[what]


@pytest.mark.parametrize(
    ("what", "level"),
    [
        ("inventory_count", 13),
        ("stock_order", 15),
        ("stock_transfer", 9),
        ("stock_adjustment", 7),
    ],
)
def test_when_an_inventory_count_stock_order_stock_transfer_or_adjustment_is_completed(
    house: House, what: str, level: int
) -> None:
    """Each of the four pushes the products it names; the level is the sum over the outlets."""
    _happens_and_arrives(house, f"{what}.completed")
    assert house.online(LAMP)["inventory_level"] == level


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_retail_pos_will_push_all_product_information_whenever_a_change_is_made(
    house: House, trigger: str
) -> None:
    """Every trigger pushes all of it, not only the field that changed: one call sends every field
    that the POS owns, blanks too."""
    house.has_linked(lamp(brand="", barcodes=[]))
    house.control.touches()
    since = len(house.control.touches())
    TRIGGERS[trigger](house.pos, {"product_id": LAMP})
    house.settle()
    sent = {
        field
        for touch in house.control.touches(since=since)
        if touch["action"] == "update"
        for field in touch["sent"]
    }
    literal = {"name", "description", "sku", "price", "cost_price", "upc", "gtin", "brand_id"}
    assert literal <= sent
    assert house.calls()["PUT /catalog/products"] == 1


def test_formatted_descriptions_in_bigcommerce_but_none_in_retail_pos(house: House) -> None:
    """The example's beginning: BigCommerce keeps a formatted description while nothing changes."""
    house.has_linked(product_a())
    house.edits_online(PRODUCT_A, description=FORMATTED)
    house.settle()
    assert house.online(PRODUCT_A)["description"] == FORMATTED


@pytest.mark.parametrize("change", [{"price": "13.00"}, {"name": "Product A, new"}])
def test_changing_the_price_or_name_pushes_the_empty_description_which_will_overwrite(
    house: House, change: dict[str, str]
) -> None:
    """The example's end: the empty description of the POS overwrites the formatted one."""
    house.has_linked(product_a())
    house.edits_online(PRODUCT_A, description=FORMATTED)
    house.pos.save_product(PRODUCT_A, **change)
    house.settle()
    assert house.online(PRODUCT_A)["description"] == ""
    house.assert_in_step()
