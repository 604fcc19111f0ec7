"""Fact 16: dated versions, and what silently answers one that is over."""

from collections.abc import Iterator

import pytest

from tests.sandbox.lightspeed_x.conftest import Clock, Shop, a_shirt


@pytest.fixture
def later(clock: Clock) -> Iterator[Shop]:
    """A shop whose 2026-07 is over. Of 2026-10 there is no public text to hold it against."""
    made = Shop(clock)
    a_shirt(made)
    yield made
    made.session.close()


@pytest.mark.parametrize("version", ["2026-04", "2019-01", "2031-01"])
def test_a_date_that_is_not_alive_is_served_by_the_oldest_that_is(shop: Shop, version: str) -> None:
    a_shirt(shop)
    assert shop.get("/products", version=version) == shop.get("/products", version="2026-07")


def test_when_a_version_ends_its_calls_get_another_shape_without_a_word(later: Shop) -> None:
    before = later.get("/products")["data"][0]
    later.control.expire("2026-07")
    answer = later.call("GET", "/products")
    after = answer.json()["data"][0]
    assert answer.status_code == 200
    assert before.keys() - after.keys() == {"sku", "handle", "has_variants", "variant_count"}
    assert after["family_id"] == before["family_id"]
    assert [code["type"] for code in after["product_codes"]] == ["custom"]


def test_what_the_later_version_does_not_have_is_not_found(later: Shop) -> None:
    later.control.expire("2026-07")
    body = {"name": "Vase", "price_excluding_tax": 1}
    assert later.call("POST", "/products", body).status_code == 405


@pytest.mark.parametrize("version", ["1.0", "3.0", "latest", "2026-7"])
def test_what_never_was_a_version_is_not_found(shop: Shop, version: str) -> None:
    assert shop.call("GET", "/products", version=version).status_code == 404


@pytest.mark.parametrize("version", ["2.0", "2.1", "2026-07"])
def test_one_wire_of_products_serves_the_older_versions_too(shop: Shop, version: str) -> None:
    a_shirt(shop)
    rows = shop.get("/products", version=version)["data"]
    assert rows[1]["variant_parent_id"] == rows[0]["id"]


def test_hooks_and_changes_are_not_in_2_0(shop: Shop) -> None:
    assert shop.call("GET", "/webhooks", version="2.0").status_code == 404
    assert shop.call("PUT", "/products/x", {}, version="2.0").status_code == 405
    untracked = {"common": {"track_inventory": False}}
    assert shop.call("PUT", "/products/x", untracked, version="2.1").status_code == 404
