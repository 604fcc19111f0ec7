"""Hooks as apps make, read, change and delete them, and what BigCommerce refuses."""

from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from tests.sandbox.bigcommerce.conftest import Api

HERE = "https://hooks.example/here"


def a_hook(**changes: Any) -> dict[str, Any]:
    return {"scope": "store/order/created", "destination": HERE} | changes


def test_a_hook_is_made_read_changed_and_deleted(api: Api) -> None:
    made = api.post("/hooks", a_hook(headers={"x-secret": "s"})).json()["data"]
    path = f"/hooks/{made['id']}"
    assert (made["is_active"], made["headers"]) == (True, {"x-secret": "s"})
    assert api.get(path).json()["data"] == made
    changed = api.put(path, {"is_active": False, "headers": {"x-secret": "t"}}).json()["data"]
    assert (changed["is_active"], changed["headers"]) == (False, {"x-secret": "t"})
    assert api.get("/hooks?is_active=false").json()["data"] == [changed]
    assert api.get("/hooks?is_active=true").json()["data"] == []
    assert api.get("/hooks?scope=store/order/created").json()["meta"]["pagination"]["total"] == 1
    assert api.delete(path).json()["data"]["id"] == made["id"]
    assert api.get(path).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"scope": "store/order/created"},
        {"destination": HERE},
        a_hook(scope="store/order/colour"),
        a_hook(scope=7),
        a_hook(destination="http://hooks.example/here"),
        a_hook(destination="https://hooks.example:8443/here"),
        a_hook(destination="https://hooks.example:port/here"),
        a_hook(destination="nowhere"),
        a_hook(destination=None),
        a_hook(headers={"x-secret": 7}),
        a_hook(is_active="yes"),
        [],
    ],
)
def test_what_cannot_be_a_hook_is_refused(api: Api, body: Any) -> None:
    assert api.post("/hooks", body).status_code == 422
    assert api.get("/hooks").json()["data"] == []


def test_port_443_and_this_machine_are_allowed(api: Api) -> None:
    for destination in ("https://hooks.example:443/here", "http://127.0.0.1:4000/here"):
        assert api.post("/hooks", a_hook(destination=destination)).status_code == 200


def test_a_scope_has_ten_hooks_and_one_for_each_destination(api: Api) -> None:
    for number in range(10):
        assert api.post("/hooks", a_hook(destination=f"{HERE}/{number}")).status_code == 200
    assert api.post("/hooks", a_hook(destination=f"{HERE}/10")).status_code == 422
    other = a_hook(scope="store/order/updated", destination=f"{HERE}/0")
    assert api.post("/hooks", other).status_code == 200
    assert api.post("/hooks", other).status_code == 422
    last = api.get("/hooks?limit=250").json()["data"][9]["id"]
    assert api.put(f"/hooks/{last}", {"destination": f"{HERE}/0"}).status_code == 422


def test_a_change_needs_a_field(api: Api) -> None:
    hook_id = api.post("/hooks", a_hook()).json()["data"]["id"]
    assert api.put(f"/hooks/{hook_id}", {}).status_code == 422
    assert api.put("/hooks/1", {"is_active": True}).status_code == 404


def test_a_token_subscribes_only_to_what_it_may_read() -> None:
    config = StoreConfig(scopes=frozenset({"store_v2_products"}))
    with StoreServer(config=config) as server:
        api = Api(server)
        assert api.post("/hooks", a_hook()).status_code == 403
        assert api.post("/hooks", a_hook(scope="store/product/updated")).status_code == 200
        api.session.close()


def test_the_admin_page_keeps_addresses_for_notices(api: Api) -> None:
    api.post("/hooks", a_hook())
    assert api.put("/hooks/admin", {"emails": ["shop@sandbox.invalid"]}).status_code == 204
    assert api.put("/hooks/admin", {"emails": "shop"}).status_code == 422
    admin = api.get("/hooks/admin").json()["data"]
    assert admin["emails"] == ["shop@sandbox.invalid"]
    assert [hook["status"] for hook in admin["hooks_list"]] == ["active"]
    assert admin["blocked_domains"] == []
