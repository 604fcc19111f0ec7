"""Facts 6 and 14: what is deleted over the API, one member or a family, a brand or a supplier; and what is renamed."""

import pytest

from tests.sandbox.lightspeed_x.conftest import Shop, a_mug, a_shirt

CONTACT: dict[str, dict[str, str]] = {"contact": {}}


def test_one_member_is_deleted_and_another_leads_the_family(shop: Shop) -> None:
    a_shirt(shop)
    parent, other = shop.rows()
    assert shop.call("DELETE", f"/products/{parent['id']}").status_code == 200
    (left,) = shop.rows()
    assert left["id"] == other["id"]
    assert "variant_parent_id" not in left
    assert left["family_id"] == parent["family_id"]
    gone = [row["id"] for row in shop.rows("deleted=true") if "deleted_at" in row]
    assert gone == [parent["id"]]
    assert len(shop.levels()) == 2


@pytest.mark.parametrize("path", ["", "/all"])
def test_the_last_member_and_a_whole_family_are_deleted(shop: Shop, path: str) -> None:
    a_mug(shop)
    a_shirt(shop)
    for row in shop.rows():
        shop.call("DELETE", f"/products/{row['id']}{path}")
    assert shop.rows() == []
    assert len(shop.rows("deleted=true")) == 3
    assert {row["sku"] for row in shop.rows("sku=MUG1")} == set()


@pytest.mark.parametrize("path", ["", "/all"])
def test_what_is_deleted_is_not_found_again(shop: Shop, path: str) -> None:
    a_mug(shop)
    mug = shop.account.member_id("p-mug")
    assert shop.call("DELETE", f"/products/{mug}{path}").status_code == 200
    assert shop.call("DELETE", f"/products/{mug}{path}").status_code == 404
    assert shop.call("DELETE", f"/products/unknown{path}").status_code == 404


@pytest.mark.parametrize(("path", "shown"), [("brands", "brand"), ("suppliers", "supplier")])
def test_a_name_that_is_deleted_is_taken_off_its_products(
    shop: Shop, path: str, shown: str
) -> None:
    a_mug(shop, brand="Clay", vendor="Clay")
    (row,) = shop.rows()
    assert shop.call("DELETE", f"/{path}/{row[shown]['id']}").status_code == 200
    (left,) = shop.rows()
    assert left[shown] == {}
    assert left["version"] > row["version"]
    assert shop.get(f"/{path}")["data"] == []
    assert shop.call("GET", f"/{path}/{row[shown]['id']}").status_code == 404
    a_mug(shop, brand="Clay", vendor="Clay")
    (made,) = shop.get(f"/{path}")["data"]
    assert made["id"] != row[shown]["id"]


@pytest.mark.parametrize("bumps", [False, True])
@pytest.mark.parametrize(("path", "shown"), [("brands", "brand"), ("suppliers", "supplier")])
def test_a_new_name_gives_products_a_version_only_on_demand(
    shop: Shop, path: str, shown: str, bumps: bool
) -> None:
    a_mug(shop, brand="Clay", vendor="Clay")
    (row,) = shop.rows()
    shop.control.hazards(names_bump=bumps)
    more = CONTACT if path == "suppliers" else {}
    shop.call("PUT", f"/{path}/{row[shown]['id']}", {"name": "Stone"} | more)
    assert shop.get(f"/{path}/{row[shown]['id']}")["data"]["name"] == "Stone"
    (left,) = shop.rows()
    assert (left[shown]["name"], left[shown]["id"]) == ("Stone", row[shown]["id"])
    assert (left["version"] > row["version"]) is bumps


def test_a_taken_name_is_refused_to_a_brand_and_not_to_a_supplier(shop: Shop) -> None:
    for path, status, more in (("/brands", 422, {}), ("/suppliers", 200, CONTACT)):
        shop.post(path, {"name": "Clay", **more})
        other = shop.post(path, {"name": "Stone", **more})["data"]
        assert shop.call("PUT", f"{path}/{other}", {"name": " clay ", **more}).status_code == status
        assert shop.call("PUT", f"{path}/{other}", {"name": " ", **more}).status_code == 422


def test_a_second_supplier_of_a_name_stays_when_the_first_is_deleted(shop: Shop) -> None:
    clay = {"name": "Clay", **CONTACT}
    first, second = (shop.post("/suppliers", clay)["data"] for _ in range(2))
    shop.call("DELETE", f"/suppliers/{first}")
    assert [each["id"] for each in shop.get("/suppliers")["data"]] == [second]
    third = shop.post("/suppliers", clay)["data"]
    assert len({first, second, third}) == 3
