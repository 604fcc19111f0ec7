"""Fact 6: what makes a family, and what becomes of it when its parent goes."""

from typing import Any

from tests.sandbox.lightspeed_x.conftest import Row, Shop, a_mug, a_shirt


def kept(shop: Shop, *skus: str) -> list[dict[str, Any]]:
    """Return the fields of a save that keep these variants of the shirt."""
    return [
        {
            "id": variant.id,
            "sku": variant.sku,
            "option_values": [{"name": name, "value": value} for name, value in variant.option_values],
        }
        for variant in shop.cloud.catalogue.get("p-shirt").variants
        if variant.sku in skus
    ]  # fmt: skip


def parent_of(rows: list[Row]) -> Row:
    (parent,) = [row for row in rows if "variant_parent_id" not in row]
    return parent


def test_when_the_parent_is_deleted_the_next_member_is_the_parent(shop: Shop) -> None:
    a_shirt(shop)
    old, other = shop.rows()
    shop.cloud.save_product("p-shirt", variants=kept(shop, "SHIRT-M"))
    (left,) = shop.rows()
    assert left["id"] == other["id"] == parent_of([left])["id"]
    assert left["has_variants"]
    gone = [row for row in shop.rows("deleted=true") if "deleted_at" in row]
    assert [row["id"] for row in gone] == [old["id"]]


def test_the_change_of_parent_gives_the_others_a_version(shop: Shop) -> None:
    a_shirt(shop)
    newest = shop.rows()[-1]["version"]
    shop.cloud.save_product("p-shirt", variants=kept(shop, "SHIRT-M"))
    assert shop.rows()[0]["version"] > newest


def test_levels_of_a_member_that_is_gone_are_tombstones(shop: Shop) -> None:
    a_shirt(shop)
    gone = shop.account.book.families.root("p-shirt")
    shop.cloud.save_product("p-shirt", variants=kept(shop, "SHIRT-M"))
    assert gone not in {row["product_id"] for row in shop.levels()}
    rows = [row for row in shop.levels(include_deleted=True) if row["product_id"] == gone]
    assert [bool(row["deleted_at"]) for row in rows] == [True, True]


def test_a_simple_product_that_gets_variants_goes_on_as_the_first_of_them(shop: Shop) -> None:
    a_mug(shop)
    (simple,) = shop.rows()
    variants = [
        {"sku": f"MUG-{name}", "option_values": [{"name": "Colour", "value": name}]}
        for name in ("Red", "Blue")
    ]
    shop.cloud.save_product("p-mug", variants=variants)
    rows = shop.rows()
    assert parent_of(rows)["id"] == simple["id"]
    assert [row["sku"] for row in rows] == ["MUG-Red", "MUG-Blue"]


def test_a_family_that_loses_its_options_goes_on_as_its_parent(shop: Shop) -> None:
    a_shirt(shop)
    parent = parent_of(shop.rows())
    shop.cloud.save_product("p-shirt", variants=[])
    (left,) = shop.rows()
    assert left["id"] == parent["id"]
    assert not left["has_variants"]
    assert left["variant_options"] == []


def test_members_share_name_and_handle_and_each_names_its_values(shop: Shop) -> None:
    a_shirt(shop)
    rows = shop.rows()
    assert {(row["name"], row["handle"]) for row in rows} == {("Shirt", "shirt")}
    assert [row["variant_name"] for row in rows] == ["Shirt / S", "Shirt / M"]
    assert [row["variant_options"][0]["value"] for row in rows] == ["S", "M"]


def test_members_share_a_family_id_that_is_no_members_id(shop: Shop) -> None:
    a_shirt(shop)
    rows = shop.rows()
    (family,) = {row["family_id"] for row in rows}
    assert family not in {row["id"] for row in rows}
