"""MPN, condition and bin picking number from one end to the other, and a POS that does not know them."""

from typing import Any

from sandbox.pos.faults import FaultPlan
from tests.articles.shelf import LAMP, SHIRT, lamp, shirt
from tests.harness import House

type Json = dict[str, Any]


def parts(shirt_: Json, name: str) -> Json:
    """Return a shirt whose sizes have part numbers."""
    for variant in shirt_["variants"]:
        variant["mpn"] = f"{name}-{variant['sku']}"
    return shirt_


def part_numbers(product: Json) -> dict[str, str]:
    return {variant["sku"]: variant["mpn"] for variant in product["variants"]}


def test_both_are_there_from_the_create_on_and_follow_the_pos(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp(mpn="PS-0417", condition="used"), parts(shirt(), "A"))
    assert (house.online(LAMP)["mpn"], house.online(LAMP)["condition"]) == ("PS-0417", "Used")
    assert all(mpn == f"A-{sku}" for sku, mpn in part_numbers(house.online(SHIRT)).items())
    house.pos.save_product(LAMP, mpn="PS-0418", condition="Refurbished")
    house.stocks(parts(shirt(), "B"))
    house.push(SHIRT)
    house.settle()
    assert (house.online(LAMP)["mpn"], house.online(LAMP)["condition"]) == (
        "PS-0418",
        "Refurbished",
    )
    assert all(mpn == f"B-{sku}" for sku, mpn in part_numbers(house.online(SHIRT)).items())
    house.assert_in_step()


def bins(shirt_: Json, name: str) -> Json:
    """A shirt whose sizes lie in bins."""
    for variant in shirt_["variants"]:
        variant["bin_picking_number"] = f"{name}-{variant['sku']}"
    return shirt_


def test_bins_of_products_and_variants_go_up_in_the_batches(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp(bin_picking_number=" B-04 "), bins(shirt(), "A"))
    assert house.online(LAMP)["bin_picking_number"] == "B-04"
    house.pos.save_product(LAMP, bin_picking_number=None)
    house.stocks(bins(shirt(), "B"))
    house.push(LAMP, SHIRT)
    house.settle()
    calls = house.calls()
    assert calls["PUT /catalog/variants"] == 1
    assert not [call for call in calls if call.startswith("PUT") and "{variant_id}" in call]
    assert house.online(LAMP)["bin_picking_number"] == ""
    variants = house.online(SHIRT)["variants"]
    assert all(each["bin_picking_number"] == f"B-{each['sku']}" for each in variants)
    house.assert_in_step()


def test_a_blank_part_number_goes_up_and_a_blank_condition_changes_nothing(
    quick_house: House,
) -> None:
    house = quick_house
    house.has_linked(lamp(mpn="PS-0417", condition="used"))
    house.pos.save_product(LAMP, mpn="", condition=None)
    house.settle()
    assert (house.online(LAMP)["mpn"], house.online(LAMP)["condition"]) == ("", "Used")
    house.assert_in_step()


def test_a_condition_that_bigcommerce_does_not_know_is_refused_in_words(quick_house: House) -> None:
    house = quick_house
    house.has_linked(lamp(condition="New"))
    house.pos.save_product(LAMP, condition="Slightly dented")
    house.settle()
    problem = house.link(LAMP).problem
    assert problem is not None
    assert problem.code == "no_such_choice"
    assert problem.words == (
        "The condition of the product is 'Slightly dented'; BigCommerce knows only New, Used or "
        "Refurbished. Choose one of these in the POS, or leave it blank. All else of it goes on as "
        "before, its stock too."
    )


def test_a_pos_that_knows_neither_wipes_neither(quick_house: House) -> None:
    house = quick_house
    house.pos.faults.set(FaultPlan(omits=["mpn", "condition"]))
    house.has_linked(lamp(), shirt())
    house.edits_online(LAMP, mpn="theirs", condition="Refurbished")
    house.pos.save_product(LAMP, price="41.00")
    house.push(LAMP)
    house.settle()
    online = house.online(LAMP)
    assert (online["mpn"], online["condition"], online["price"]) == ("theirs", "Refurbished", 41)
    house.assert_in_step()


def test_a_pos_that_leaves_a_whole_record_out_but_for_its_price_changes_only_that(
    quick_house: House,
) -> None:
    house = quick_house
    house.has_linked(lamp(), shirt())
    before = {product: house.online(product) for product in (LAMP, SHIRT)}
    said = {"id", "version", "price", "updated_at", "deleted_at"}
    record = house.pos.catalogue.find(LAMP)
    assert record is not None
    left_out = [name for name in record.__dataclass_fields__ if name not in said]
    house.pos.save_product(LAMP, price="41.00")
    house.pos.save_product(SHIRT, price="42.00")
    house.pos.faults.set(FaultPlan(omits=left_out))
    house.push(LAMP, SHIRT)
    house.settle()
    for product, was in before.items():
        now = house.online(product)
        moved = {key for key in was if was[key] != now[key]}
        assert moved - {"date_modified", "calculated_price"} <= {"price", "variants"}
        assert part_numbers(now) == part_numbers(was)
