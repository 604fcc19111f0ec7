"""Facts 1, 2 and 6: the list of products, its versions, and its families."""

import pytest

from tests.sandbox.lightspeed_x.conftest import Shop, a_mug, a_shirt


def test_versions_rise_with_gaps_over_records_of_every_kind(shop: Shop) -> None:
    for number in range(30):
        a_mug(shop, f"p-{number}", name=f"Mug {number}", sku=f"MUG{number}")
    products = [row["version"] for row in shop.rows()]
    levels = [row["version"] for row in shop.levels()]
    every = sorted(products + levels)
    assert products == sorted(products)
    assert not set(products) & set(levels)
    assert max(every) - min(every) > len(every)
    assert min(levels) < max(products)


def test_a_page_names_its_lowest_and_highest_version_and_the_last_is_empty(shop: Shop) -> None:
    a_shirt(shop)
    page = shop.get("/products?after=0&page_size=200")
    versions = [row["version"] for row in page["data"]]
    assert page["version"] == {"min": versions[0], "max": versions[-1]}
    end = shop.get(f"/products?after={versions[-1]}")
    assert end == {"data": [], "version": {"min": None, "max": None}}


def test_an_empty_page_of_2_0_has_no_version(shop: Shop) -> None:
    assert shop.get("/products", version="2.0") == {"data": []}


def test_a_page_is_cut_to_two_hundred_without_a_word(shop: Shop) -> None:
    for number in range(201):
        a_mug(shop, f"p-{number}", name=f"Mug {number}", sku=f"MUG{number}")
    first = shop.get("/products?page_size=5000")
    assert len(first["data"]) == 200
    assert len(shop.rows(f"after={first['version']['max']}")) == 1


def test_there_is_one_row_for_each_variant_and_the_parent_is_one_of_them(shop: Shop) -> None:
    a_shirt(shop)
    parent, other = shop.rows()
    assert parent["has_variants"]
    assert "variant_parent_id" not in parent
    assert not other["has_variants"]
    assert other["variant_parent_id"] == parent["id"]
    assert [row["sku"] for row in (parent, other)] == ["SHIRT-S", "SHIRT-M"]
    assert parent["variant_count"] == 2


def test_tombstones_show_only_when_asked_for(shop: Shop) -> None:
    a_shirt(shop)
    newest = shop.rows()[-1]["version"]
    shop.cloud.delete_product("p-shirt")
    assert shop.rows() == []
    gone = shop.rows(f"deleted=true&after={newest}")
    assert [bool(row["deleted_at"]) for row in gone] == [True, True]


@pytest.mark.parametrize("query", ["sku=mug1", "name=Mug", "family_name=MUG"])
def test_a_look_up_ignores_all_other_parameters(shop: Shop, query: str) -> None:
    a_mug(shop)
    a_shirt(shop)
    found = shop.rows(f"{query}&after=99999999999&page_size=1")
    assert [row["sku"] for row in found] == ["MUG1"]


def test_a_name_finds_the_whole_family(shop: Shop) -> None:
    a_shirt(shop)
    assert len(shop.rows("name=shirt&page_size=1")) == 2


def test_a_look_up_never_finds_a_tombstone(shop: Shop) -> None:
    a_mug(shop)
    shop.cloud.delete_product("p-mug")
    assert shop.rows("sku=MUG1&deleted=true") == []


def test_images_are_left_out_if_they_are_not_wanted_but_not_in_2_0(shop: Shop) -> None:
    a_mug(shop, images=[{"url": "https://shop.example/1.jpg"}])
    assert "images" in shop.rows("include_images=true")[0]
    assert not [key for key in shop.rows("include_images=false")[0] if "image" in key]
    assert shop.call("GET", "/products?include_images=false", version="2.0").status_code == 400


def test_there_is_no_list_of_ids(shop: Shop) -> None:
    assert shop.call("GET", "/products?ids=a,b").status_code == 400


def test_a_save_gives_every_member_a_version_and_no_level_one(shop: Shop) -> None:
    a_shirt(shop)
    before, levels = shop.rows(), shop.levels()
    shop.cloud.save_product("p-shirt", name="Blouse")
    after = shop.rows()
    assert {row["id"] for row in after} == {row["id"] for row in before}
    assert min(row["version"] for row in after) > max(row["version"] for row in before)
    assert shop.levels() == levels


def test_a_sale_gives_one_level_a_version_and_no_product_one(shop: Shop) -> None:
    a_shirt(shop)
    before, newest = shop.rows(), shop.levels()[-1]["version"]
    variant = shop.cloud.catalogue.get("p-shirt").variants[1].id
    shop.cloud.sell([{"product_id": "p-shirt", "variant_id": variant, "quantity": 1}])
    assert shop.rows() == before
    (moved,) = shop.levels(after=newest)
    assert moved["product_id"] == shop.account.member_id("p-shirt", variant)
    assert moved["current_inventory_level"] == 2
