"""Facts 8 and 9: scopes by route, and the cost that has one of its own."""

import pytest

from sandbox.lightspeed_x.state.config import COST, SCOPES
from tests.sandbox.lightspeed_x.conftest import Shop, a_mug

READS = [
    ("GET", "/products", "products:read"),
    ("GET", "/brands", "products:read"),
    ("GET", "/product_categories", "products:read"),
    ("GET", "/variant_attributes", "products:read"),
    ("GET", "/suppliers", "suppliers:read"),
    ("GET", "/outlets", "outlets:read"),
    ("GET", "/registers", "registers:read"),
    ("GET", "/retailer", "retailer:read"),
    ("GET", "/webhooks", "webhooks"),
    ("POST", "/inventory", "inventory:read"),
    ("POST", "/inventory_levels", "inventory:read"),
    ("POST", "/products", "products:write"),
    ("POST", "/brands", "products:write"),
    ("POST", "/product_categories/bulk", "products:write"),
    ("POST", "/variant_attributes", "products:write"),
    ("POST", "/suppliers", "suppliers:write"),
]


@pytest.mark.parametrize(("method", "path", "scope"), READS)
def test_a_route_asks_for_its_scope_and_names_it(
    shop: Shop, method: str, path: str, scope: str
) -> None:
    body: dict[str, object] | None = {} if method == "POST" else None
    shop.control.grant(sorted(SCOPES - {scope}))
    answer = shop.call(method, path, body)
    assert answer.status_code == 403
    assert scope in answer.json()["message"]
    shop.control.grant([scope])
    assert shop.call(method, path, body).status_code != 403


def test_without_the_scope_of_costs_the_key_is_missing(shop: Shop) -> None:
    a_mug(shop, cost="4.10", vendor="Clay Yard")
    seen = shop.rows()[0]
    assert seen["supply_price"] == seen["product_suppliers"][0]["price"]
    shop.control.grant(sorted(SCOPES - {COST}))
    unseen = shop.rows()[0]
    assert "supply_price" not in unseen
    assert "price" not in unseen["product_suppliers"][0]
    assert not any("average_cost" in row for row in shop.post("/inventory_levels", {}))


def test_a_blank_cost_is_nought_and_not_missing(shop: Shop) -> None:
    a_mug(shop)
    assert shop.rows()[0]["supply_price"] == 0


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer nonsense", "Basic sandbox"])
def test_nothing_is_shown_without_a_token(shop: Shop, given: str) -> None:
    answer = shop.call("GET", "/products", headers={"Authorization": given})
    assert answer.status_code == 401
    assert set(answer.json()) == {"error", "message"}


def test_a_revoked_token_is_refused_in_the_middle_of_the_work(shop: Shop) -> None:
    assert shop.call("GET", "/products").status_code == 200
    shop.control.revoke()
    assert shop.call("GET", "/products").status_code == 401
