"""Facts 3, 4 and 5: records by version, levels by product, and no batch read of products."""

import pytest

from sandbox.lightspeed_x.state.ids import made_id
from tests.sandbox.lightspeed_x.conftest import Shop, a_mug, a_shirt

MAIN, WEST = made_id("outlet", "o-main"), made_id("outlet", "o-west")


def test_records_come_newest_first_unless_asked_otherwise(shop: Shop) -> None:
    a_mug(shop)
    plain = [row["version"] for row in shop.post("/inventory", {})]
    ascending = [row["version"] for row in shop.levels()]
    assert plain == sorted(plain, reverse=True)
    assert ascending == sorted(plain)


def test_paging_with_after_and_without_asc_loses_rows(shop: Shop) -> None:
    for number in range(5):
        a_mug(shop, f"p-{number}", name=f"Mug {number}", sku=f"MUG{number}")
    first = shop.post("/inventory", {"size": 4})
    rest = shop.post("/inventory", {"size": 4, "after": max(row["version"] for row in first)})
    assert len(shop.levels()) == 10
    assert len(first) + len(rest) == 4


def test_records_are_a_bare_array_with_their_own_versions(shop: Shop) -> None:
    a_mug(shop)
    rows = shop.post("/inventory", {})
    assert isinstance(rows, list)
    assert {row["outlet_id"]: row["current_inventory_level"] for row in rows} == {MAIN: 5, WEST: 0}
    assert len({row["version"] for row in rows}) == 2


def test_a_page_of_records_is_a_thousand_and_at_most_five_thousand(shop: Shop) -> None:
    shop.cloud.save_products(
        [{"id": f"p-{n}", "name": f"Mug {n}", "sku": f"MUG{n}"} for n in range(2_600)]
    )
    assert len(shop.post("/inventory", {})) == 1_000
    assert len(shop.post("/inventory", {"size": 99_999})) == 5_000


def test_2_0_lists_the_same_rows_wrapped_ascending_and_under_another_name(shop: Shop) -> None:
    a_mug(shop)
    page = shop.get("/inventory", version="2.0")
    assert [row["inventory_level"] for row in page["data"]] == [5, 0]
    assert page["version"]["min"] == page["data"][0]["version"] < page["version"]["max"]


def test_each_version_has_its_own_way_and_not_the_other(shop: Shop) -> None:
    assert shop.call("GET", "/inventory").status_code == 405
    assert shop.call("POST", "/inventory", {}, version="2.0").status_code == 405


def test_rows_of_deleted_products_show_only_when_asked_for(shop: Shop) -> None:
    a_mug(shop)
    shop.cloud.delete_product("p-mug")
    assert shop.levels() == []
    assert all(row["deleted_at"] for row in shop.levels(include_deleted=True))


def test_what_is_put_by_is_not_available_to_sell(shop: Shop) -> None:
    a_mug(shop)
    shop.cloud.sell([{"product_id": "p-mug", "quantity": 2}], layaway=True)
    assert shop.levels()[-1]["current_inventory_level"] == 3


def test_levels_by_product_have_no_version(shop: Shop) -> None:
    a_mug(shop)
    a_shirt(shop)
    shirt = shop.account.book.families.root("p-shirt")
    rows = shop.post("/inventory_levels", {"root_product_ids": [shirt], "location_ids": [MAIN]})
    assert [row["current_inventory_level"] for row in rows] == [3, 3]
    assert {row["root_product_id"] for row in rows} == {shirt}
    assert not any("version" in row for row in rows)


def test_levels_leave_out_inactive_products_unless_asked_for(shop: Shop) -> None:
    a_mug(shop, active=False)
    asked = {"product_ids": [shop.account.member_id("p-mug")]}
    assert shop.post("/inventory_levels", asked) == []
    assert len(shop.post("/inventory_levels", asked | {"include_inactive": True})) == 2


def test_levels_page_by_offset(shop: Shop) -> None:
    a_mug(shop)
    first = shop.post("/inventory_levels", {"size": 1})
    second = shop.post("/inventory_levels", {"size": 1, "offset": 1})
    assert first[0]["location_id"] != second[0]["location_id"]


@pytest.mark.parametrize(
    "body",
    [
        {"product_ids": ["a"], "root_product_ids": ["b"]},
        {"product_ids": ["a"] * 1_001},
        {"size": 10_001},
        {"after": 3},
    ],
)
def test_levels_are_asked_for_within_their_limits(shop: Shop, body: dict[str, object]) -> None:
    assert shop.call("POST", "/inventory_levels", body).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/search?type=products"), ("POST", "/products/bulk")]
)
def test_there_is_no_batch_read_to_depend_on(shop: Shop, method: str, path: str) -> None:
    assert shop.call(method, path).status_code in (404, 405)
