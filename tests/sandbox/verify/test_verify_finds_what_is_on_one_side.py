"""Beyond fields: what is there twice, on one side only, refused, deleted, or still on its way."""

from __future__ import annotations

import time

import pytest

from cli.verify.model import StoreSide
from cli.verify.reading import ReadFailedError
from cli.verify.verify import verify
from sandbox.bigcommerce.state.settling import StockChange
from tests.sandbox.verify.shop import BAG, MUG, SHIRT, Shop

pytestmark = pytest.mark.enable_socket


def test_a_linked_product_deleted_online_is_missing(shop: Shop) -> None:
    shop.change("DELETE", "/catalog/products/{bag}")
    verdict = shop.verdict()
    assert [(found.pos_id, found.bc_id) for found in verdict.missing_online] == [
        (BAG, shop.ids["bag"])
    ]
    assert verdict.mismatches == []
    assert not verdict.ok


def test_a_link_that_says_broken_breaks_no_promise(shop: Shop) -> None:
    shop.change("DELETE", "/catalog/products/{bag}")
    shop.link(BAG).update(status="broken", words="Gift bag was deleted in BigCommerce.")
    verdict = shop.verdict()
    assert [found.words for found in verdict.broken] == ["Gift bag was deleted in BigCommerce."]
    assert verdict.ok


def test_what_differs_of_a_refused_product_is_shown_apart_with_its_reason(shop: Shop) -> None:
    shop.pos.cloud.save_product(MUG, sku="MUG#1")
    shop.link(MUG).update(status="failed", code="sku_characters", words="The SKU 'MUG#1' …")
    verdict = shop.verdict()
    assert [found.code for found in verdict.failed] == ["sku_characters"]
    assert [(found.pos_id, found.field) for found in verdict.behind] == [(MUG, "sku")]
    assert verdict.mismatches == []
    assert verdict.ok


def test_a_product_without_a_link_is_named_on_either_side(shop: Shop) -> None:
    shop.pos.cloud.save_product("p-new", name="Vase", sku="VASE", price="12.00")
    (number,) = shop.store.control.seed(count=1)
    verdict = shop.verdict()
    assert [found.pos_id for found in verdict.not_linked] == ["p-new"]
    assert [found.bc_id for found in verdict.unknown_online] == [number]
    assert verdict.ok


@pytest.mark.parametrize("status", ["creating", "linked"])
def test_a_product_that_is_still_being_created_is_missing(shop: Shop, status: str) -> None:
    shop.pos.cloud.save_product("p-new", name="Vase", sku="VASE", price="12.00")
    shop.links.append({"pos_id": "p-new", "bc_id": None, "status": status, "variants": {}})
    verdict = shop.verdict()
    assert [found.pos_id for found in verdict.missing_online] == ["p-new"]
    assert verdict.not_linked == []


def test_a_link_to_a_product_the_pos_never_had_is_a_difference(shop: Shop) -> None:
    shop.link(BAG)["pos_id"] = "p-nobody"
    (found,) = shop.verdict().mismatches
    assert (found.pos_id, found.field, found.pos) == ("p-nobody", "product", "unknown")


def test_two_links_to_one_product_are_a_duplicate(shop: Shop) -> None:
    shop.links.append({**shop.link(MUG), "pos_id": "p-duplicate"})
    verdict = shop.verdict()
    assert [(found.kind, found.what) for found in verdict.duplicates] == [
        ("link", str(shop.ids["mug"]))
    ]
    assert not verdict.ok


def test_two_links_of_one_pos_product_are_a_duplicate(shop: Shop) -> None:
    shop.links.append({**shop.link(MUG), "bc_id": shop.ids["bag"]})
    kinds = {found.kind for found in shop.verdict().duplicates}
    assert "pos_product" in kinds


def test_a_name_and_a_sku_that_are_online_twice_are_duplicates(shop: Shop) -> None:
    db = shop.store.store.db
    (number,) = shop.store.control.seed(count=1)
    # No API call can do this; a store that does not keep its rules could.
    db.run(
        "UPDATE products SET body=json_set(body, '$.name', 'GIFT BAG', '$.sku', 'shirt-s')"
        " WHERE id=?",
        number,
    )
    found = {(twice.kind, twice.what.casefold()) for twice in shop.verdict().duplicates}
    assert found == {("name", "gift bag"), ("sku", "shirt-s")}


def test_stock_that_is_on_its_way_is_waited_for(shop: Shop) -> None:
    shop.set_level(0, product_id=shop.ids["mug"])
    settling = shop.store.store.settling
    settling.delay_ms = 700
    settling.add([StockChange("p", shop.ids["mug"], 1, 8)])
    assert shop.verdict(settle=10).ok


def test_stock_that_never_arrives_is_reported_when_the_wait_is_over(shop: Shop) -> None:
    shop.set_level(0, product_id=shop.ids["mug"])
    began = time.monotonic()
    (found,) = shop.verdict(settle=0.6).mismatches
    assert found.field == "stock"
    assert 0.5 < time.monotonic() - began < 5


def test_a_wrong_name_is_reported_without_waiting(shop: Shop) -> None:
    shop.change("PUT", "/catalog/products/{mug}", {"name": "Mug"})
    began = time.monotonic()
    assert len(shop.verdict(settle=30).mismatches) == 1
    assert time.monotonic() - began < 10


def test_pages_that_shift_lose_and_double_nothing(shop: Shop) -> None:
    shop.store.control.seed(count=600)
    shop.store.control.set_hazard("page-shift", agent="tillbridge-verify")
    verdict = shop.verdict()
    assert verdict.ok
    assert verdict.store_products == 604
    assert len(verdict.unknown_online) == 600


def test_errors_that_pass_are_read_again(shop: Shop) -> None:
    shop.store.control.set_hazard("server-error", remaining=2, agent="tillbridge-verify")
    shop.store.control.set_hazard("quota-headers", remaining=1, agent="tillbridge-verify")
    shop.store.store.quota.window_ms = 300
    assert shop.verdict().ok


def test_a_refused_token_is_said_and_never_shown(shop: Shop) -> None:
    side = StoreSide(shop.store.api_url, shop.store.store_hash, "a-wrong-token")
    with pytest.raises(ReadFailedError) as caught:
        verify(shop.pos_side, side, shop.links, {})
    assert "web store could not be read (HTTP 401" in str(caught.value)
    assert "a-wrong-token" not in str(caught.value) + repr(side)


def test_verify_leaves_the_last_call_of_the_quota_to_others(shop: Shop) -> None:
    quota = shop.store.store.quota
    quota.limit, quota.window_ms, quota.used = 3, 400, 0
    assert shop.verdict().ok
    assert shop.store.control.counts()["refused_429"] == {}


def test_every_difference_is_said_in_words_for_shop_staff(shop: Shop) -> None:
    shop.change("PUT", "/catalog/products/{shirt}/variants/{s}", {"price": 19})
    (found,) = shop.verdict().mismatches
    assert found.words == "Shirt (Size: S): price is 20 in the POS and 19 online."
    assert found.pos_id == SHIRT
