"""What goes wrong on demand, and what the shop's own doings look like from outside."""

from decimal import Decimal

import pytest
import requests

from sandbox.lightspeed_x.catalog.renaming import Renamed
from tests.sandbox.lightspeed_x.conftest import Clock, Shop, a_mug, a_shirt

VASE = {"name": "Vase", "sku": "VASE1", "price_excluding_tax": 12.5}


def test_a_late_commit_shows_below_a_version_that_was_read(shop: Shop) -> None:
    a_mug(shop)
    a_shirt(shop)
    shop.control.hold_commits()
    shop.cloud.save_product("p-mug", name="Tall Mug")
    shop.control.end_hold()
    shop.cloud.save_product("p-shirt", name="Blouse")
    cursor = max(row["version"] for row in shop.rows())
    assert [row["name"] for row in shop.rows("sku=MUG1")] == ["Mug"]
    shop.control.commit()
    assert [row["name"] for row in shop.rows("sku=MUG1")] == ["Tall Mug"]
    assert shop.rows(f"after={cursor}") == []


def test_a_late_commit_never_undoes_a_newer_one(shop: Shop) -> None:
    a_mug(shop)
    shop.control.hold_commits()
    shop.cloud.sell([{"product_id": "p-mug", "quantity": 1}])
    shop.control.end_hold()
    shop.cloud.sell([{"product_id": "p-mug", "quantity": 1}])
    shop.control.commit()
    assert shop.levels()[-1]["current_inventory_level"] == 3


def test_a_restored_account_has_versions_below_those_that_were_read(shop: Shop) -> None:
    a_mug(shop)
    a_shirt(shop)
    before = shop.rows()
    cursor = before[-1]["version"]
    shop.control.restore_backup()
    assert shop.rows(f"after={cursor}") == []
    assert shop.levels(after=cursor) == []
    after = shop.rows()
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert max(row["version"] for row in after) < cursor
    a_mug(shop, name="Tall Mug")
    assert shop.rows()[-1]["version"] < cursor


def test_a_level_may_be_of_a_product_that_no_list_shows(shop: Shop) -> None:
    stray = shop.control.stray_level(level=7)
    (row,) = shop.levels()
    assert row["product_id"] == stray["product_id"]
    assert row["current_inventory_level"] == Decimal(7)
    assert shop.rows("deleted=true") == []
    assert shop.call("GET", f"/products/{stray['product_id']}").status_code == 404


def test_a_product_may_be_made_between_two_calls(shop: Shop) -> None:
    arguments = {"product_id": "p-mug", "name": "Mug", "sku": "MUG1", "stock": {"o-main": 5}}
    shop.control.after("POST /inventory", "save_product", arguments)
    assert shop.levels() == []
    assert [row["sku"] for row in shop.rows()] == ["MUG1"]
    assert len(shop.levels()) == 2
    assert len(shop.rows()) == 1


@pytest.mark.parametrize("how", ["504", "drop"])
def test_a_create_may_be_carried_out_and_its_answer_lost(shop: Shop, how: str) -> None:
    shop.control.hazards(lose_creates=1, lost=how)
    if how == "drop":
        with pytest.raises(requests.ConnectionError):
            shop.call("POST", "/products", VASE)
    else:
        assert shop.call("POST", "/products", VASE).status_code == 504
    assert len(shop.rows("sku=VASE1")) == 1
    assert shop.call("POST", "/products", VASE).status_code == 422


def test_a_create_that_was_refused_is_not_the_one_that_is_lost(shop: Shop) -> None:
    shop.control.hazards(lose_creates=1)
    assert shop.call("POST", "/products", {"name": ""}).status_code == 422
    assert shop.call("POST", "/products", VASE).status_code == 504


def test_the_vendor_may_be_down(shop: Shop) -> None:
    shop.control.hazards(down=2)
    assert [shop.call("GET", "/outlets").status_code for _ in range(3)] == [503, 503, 200]


def test_each_image_gives_its_product_a_version_later(shop: Shop, clock: Clock) -> None:
    images = [{"type": "url", "location": f"https://shop.example/{n}.jpg"} for n in (1, 2)]
    shop.post("/products", VASE | {"images": images})
    (made,) = shop.rows()
    assert not any("version" in image for image in made["images"])
    clock.now += 10
    (later,) = shop.rows()
    versions = [image["version"] for image in later["images"]]
    assert made["version"] < versions[0] < versions[1] == later["version"]
    assert shop.rows() == [later]


def test_an_image_that_staff_add_gives_a_version_later_too(shop: Shop, clock: Clock) -> None:
    a_shirt(shop)
    shop.cloud.save_product("p-shirt", images=[{"url": "https://shop.example/1.jpg"}])
    before = shop.rows()
    clock.now += 10
    after = shop.rows()
    assert after[-1]["id"] == shop.account.book.families.root("p-shirt")
    assert after[-1]["version"] > before[-1]["version"]


def test_a_save_that_changes_nothing_is_a_save(shop: Shop) -> None:
    a_mug(shop)
    before = shop.rows()[0]["version"]
    shop.cloud.save_product("p-mug", name="Mug")
    assert shop.rows()[0]["version"] > before


def test_a_shop_that_was_open_before_the_account_is_shown_too(clock: Clock) -> None:
    shop = Shop(clock)
    a_mug(shop)
    a_shirt(shop)
    second = Shop(clock, cloud=shop.cloud)
    assert [row["id"] for row in second.rows()] == [row["id"] for row in shop.rows()]
    assert len(second.levels()) == 6


def test_a_product_may_vanish_without_a_tombstone(shop: Shop) -> None:
    a_mug(shop)
    a_shirt(shop)
    mug = shop.account.member_id("p-mug")
    shop.control.vanish("p-mug")
    assert mug not in {row["id"] for row in shop.rows("deleted=true")}
    assert mug not in {row["product_id"] for row in shop.levels(include_deleted=True)}
    assert shop.call("GET", f"/products/{mug}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "field", "shown"),
    [("brand", "brand", "brand"), ("supplier", "vendor", "supplier"),
     ("category", "department", "type")],
)  # fmt: skip
def test_a_new_name_shows_on_products_that_get_no_version(
    shop: Shop, kind: Renamed, field: str, shown: str
) -> None:
    a_mug(shop, **{field: "Clay"})
    a_shirt(shop, **{field: "Loom"})
    (before,) = shop.rows("sku=MUG1")
    assert shop.control.rename(kind, "clay", "Clay & Co") == {"products": ["p-mug"]}
    (after,) = shop.rows("sku=MUG1")
    assert after["version"] == before["version"]
    assert (before[shown]["name"], after[shown]["name"]) == ("Clay", "Clay & Co")
    assert before[shown]["id"] == after[shown]["id"]
    assert before[shown]["version"] < after[shown]["version"]


def test_a_page_that_is_not_full_is_no_end(shop: Shop) -> None:
    a_mug(shop)
    a_shirt(shop)
    shop.control.hazards(page_cap=2)
    assert len(shop.rows("page_size=200")) == 2
    assert len(shop.levels(size=5000)) == 2
    assert len(shop.rows(f"after={shop.rows()[-1]['version']}")) == 1


def test_calls_are_logged_by_their_template(shop: Shop) -> None:
    a_mug(shop)
    shop.rows("page_size=5")
    shop.get(f"/products/{shop.account.member_id('p-mug')}")
    shop.call("GET", "/nonsense")
    log = shop.control.calls()
    assert log["counted"] == {
        "GET /products": 1,
        "GET /products/{product_id}": 1,
        "GET /nonsense": 1,
    }
    assert [call["status"] for call in log["calls"]] == [200, 200, 404]
    assert log["calls"][0]["query"] == "page_size=5"
