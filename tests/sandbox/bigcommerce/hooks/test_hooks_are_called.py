"""What hooks are told, and how BigCommerce repeats, blocks and ends them."""

import base64
import hashlib
import hmac
import json
import time

import pytest

from sandbox.bigcommerce.hooks.dispatcher import RETRIES
from sandbox.bigcommerce.orders.personal import CANARIES
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.hooks.conftest import MINUTE, Told
from tests.sandbox.bigcommerce.hooks.receiver import Receiver
from tests.sandbox.bigcommerce.orders.conftest import sold_by

DAY = 86_400


def test_an_order_is_told_with_its_id_alone(told: Told) -> None:
    told.hook("store/order/created")
    order_id = told.sold.buy()
    told.wait()
    (body,) = told.receiver.bodies()
    assert body["data"] == {"type": "order", "id": order_id}
    assert body["producer"] == "stores/sandbox1"
    assert abs(body["created_at"] - time.time()) < 5


def test_a_call_carries_our_headers_a_hash_and_a_signature(told: Told) -> None:
    told.hook(headers={"X-Tillbridge-Hook": "secret"})
    told.sold.buy()
    told.wait()
    (heard,) = told.receiver.heard
    assert heard.headers["x-tillbridge-hook"] == "secret"
    body = heard.body
    plain = {name: value for name, value in body.items() if name != "hash"}
    text = json.dumps(plain, separators=(",", ":")).encode()
    assert body["hash"] == hashlib.sha1(text, usedforsecurity=False).hexdigest()
    stamp, message = heard.headers["webhook-timestamp"], heard.headers["webhook-id"]
    key = StoreConfig().client_secret.encode()
    mac = hmac.new(key, f"{message}.{stamp}.".encode() + heard.raw, hashlib.sha256).digest()
    assert heard.headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    assert abs(int(stamp) - time.time()) < 5


def test_a_new_hook_works_after_a_minute(told: Told) -> None:
    told.new_hook()
    told.sold.buy()
    told.wait(MINUTE)
    assert told.receiver.heard == []
    told.sold.buy()
    told.wait()
    assert len(told.receiver.heard) == 1


def test_no_call_carries_the_shopper(told: Told) -> None:
    told.hook()
    told.hook("store/product/inventory/order/updated")
    order_id = told.sold.buy(2)
    told.sold.shop.refund(order_id, amount=1)
    told.sold.shop.cancel(order_id)
    told.wait()
    heard = b" ".join(heard.raw for heard in told.receiver.heard).decode()
    assert len(told.receiver.heard) > 4
    assert [canary for canary in CANARIES if canary in heard] == []


def test_every_change_of_an_order_is_told(told: Told) -> None:
    told.hook()
    order_id = told.sold.buy(2)
    (line,) = told.sold.lines(order_id)
    told.sold.shop.refund(order_id, {line["id"]: 1})
    told.sold.shop.ship(order_id, {line["id"]: 1})
    told.sold.shop.archive(order_id)
    told.sold.shop.fail_to_pay(told.sold.mugs(1))
    told.wait()
    scopes = [body["scope"].removeprefix("store/order/") for body in told.receiver.bodies()]
    assert sorted(scopes) == sorted(
        ["created", "refund/created", "archived", "statusUpdated", "created", *["updated"] * 3]
    )


def test_stock_moved_by_orders_is_told_relatively_but_not_for_a_part_refund(told: Told) -> None:
    told.hook("store/product/inventory/order/updated")
    told.hook("store/sku/inventory/order/updated")
    sold = told.sold
    order_id = sold.buy(3)
    (line,) = sold.lines(order_id)
    sold.shop.refund(order_id, {line["id"]: 1})
    sold.shop.cancel(order_id)
    sold.shop.pay([{"product_id": sold.shirt, "variant_id": sold.small}])
    told.wait()
    moved = [body["data"]["inventory"] for body in told.receiver.bodies()]
    assert sorted(one["value"] for one in moved) == [-3, -1, 2]
    (sku,) = [one for one in moved if "variant_id" in one]
    assert (sku["variant_id"], sku["method"]) == (sold.small, "relative")


def test_a_level_that_we_wrote_is_told_as_a_change_of_its_product(told: Told) -> None:
    told.hook("store/product/updated")
    told.hook("store/product/inventory/updated")
    told.sold.set_level(4)
    told.sold.api.get("/catalog/summary")
    told.wait()
    assert [body["data"]["id"] for body in told.receiver.bodies("store/product/updated")] == [
        told.sold.mug
    ]
    (level,) = told.receiver.bodies("store/product/inventory/updated")
    assert level["data"]["inventory"]["value"] == 4


def test_products_and_variants_are_told_and_what_was_refused_is_not(told: Told) -> None:
    told.hook("store/product/*")
    told.hook("store/sku/updated")
    sold = told.sold
    made = sold.api.create(name="Bowl")
    sold.api.put(f"/catalog/products/{made['id']}", {"name": "Mug"})
    sold.api.put("/catalog/variants", [{"id": sold.small, "price": 5}])
    sold.api.delete(f"/catalog/products/{made['id']}")
    told.wait()
    seen = sorted((body["scope"], body["data"]["id"]) for body in told.receiver.bodies())
    assert seen == [
        ("store/product/created", made["id"]),
        ("store/product/deleted", made["id"]),
        ("store/product/updated", sold.shirt),
        ("store/sku/updated", sold.small),
    ]


def test_a_failed_call_is_made_again_by_the_documented_schedule(told: Told) -> None:
    told.hook("store/order/created")
    told.receiver.status = 503
    told.sold.buy()
    told.wait()
    assert len(told.receiver.heard) == 1
    told.wait(RETRIES[0] - 5)
    assert len(told.receiver.heard) == 1
    told.wait(5)
    assert len(told.receiver.heard) == 2
    told.receiver.status = 200
    told.wait(RETRIES[1])
    assert told.wait(DAY)["later"] == 0
    assert len({heard.headers["webhook-id"] for heard in told.receiver.heard}) == 1
    assert len({heard.body["hash"] for heard in told.receiver.heard}) == 1


@pytest.mark.parametrize("status", [201, 204, 302, 401, 500])
def test_only_a_200_is_success(told: Told, status: int) -> None:
    told.hook("store/order/created")
    told.receiver.status = status
    told.sold.buy()
    assert told.wait()["later"] == 1


def test_a_hook_is_switched_off_after_the_last_retry(told: Told) -> None:
    hook_id = told.hook("store/order/created")
    told.sold.api.put("/hooks/admin", {"emails": ["shop@sandbox.invalid"]})
    told.receiver.status = 500
    told.sold.buy()
    for delay in RETRIES:
        told.wait()
        assert told.sold.api.get(f"/hooks/{hook_id}").json()["data"]["is_active"]
        told.wait(delay)
    assert len(told.receiver.heard) == 1 + len(RETRIES)
    assert not told.sold.api.get(f"/hooks/{hook_id}").json()["data"]["is_active"]
    assert told.state()["mails"][0]["to"] == ["shop@sandbox.invalid"]
    told.sold.buy()
    told.wait(DAY)
    assert len(told.receiver.heard) == 12
    told.receiver.status = 200
    told.sold.api.put(f"/hooks/{hook_id}", {"is_active": True})
    told.sold.buy()
    told.wait(MINUTE)
    assert len(told.receiver.heard) == 12
    told.sold.buy()
    told.wait()
    assert len(told.receiver.heard) == 13


def test_a_change_works_after_a_minute_and_until_then_all_is_as_before(told: Told) -> None:
    hook_id = told.hook("store/order/created", headers={"x-secret": "old"})
    for secret in ("new", "newer"):
        told.sold.api.put(f"/hooks/{hook_id}", {"headers": {"x-secret": secret}})
    told.sold.buy()
    told.wait(MINUTE)
    told.sold.buy()
    told.wait()
    assert [heard.headers["x-secret"] for heard in told.receiver.heard] == ["old", "newer"]


def test_a_domain_that_fails_is_blocked_for_three_minutes(told: Told) -> None:
    told.hook("store/order/created")
    told.sold.set_level(1000)
    told.receiver.status = 500
    for _ in range(100):
        told.sold.buy()
    told.wait()
    (blocked,) = told.sold.api.get("/hooks/admin").json()["data"]["blocked_domains"]
    assert blocked["destination"] == "127.0.0.1"
    assert 170 <= blocked["time_left"] <= 180
    told.receiver.status = 200
    told.sold.buy()
    told.wait()
    assert len(told.receiver.heard) == 100
    assert told.state()["attempts"][-1]["blocked"]
    told.wait(200)
    assert told.sold.api.get("/hooks/admin").json()["data"]["blocked_domains"] == []
    told.wait(200)
    assert len(told.receiver.heard) == 201


def test_ninety_nine_failures_block_nobody(told: Told) -> None:
    told.hook("store/order/created")
    told.sold.set_level(1000)
    told.receiver.status = 500
    for _ in range(99):
        told.sold.buy()
    told.wait()
    assert told.sold.api.get("/hooks/admin").json()["data"]["blocked_domains"] == []


def test_a_hook_without_events_ends_after_ninety_days(told: Told) -> None:
    hook_id = told.hook("store/order/created")
    told.wait(89 * DAY)
    assert told.sold.api.get("/hooks?is_active=true").json()["data"][0]["id"] == hook_id
    told.wait(2 * DAY)
    assert told.sold.api.get("/hooks?is_active=true").json()["data"] == []


def test_the_schedule_is_scaled_by_the_configuration() -> None:
    receiver = Receiver(status=500)
    config = StoreConfig(quota="none", stock_delay_ms=0, hook_scale=0.001)
    with StoreServer(config=config) as server:
        api = Api(server)
        told = Told(sold_by(server, api), receiver)
        told.new_hook("store/order/created")
        time.sleep(0.07)  # the minute until a new hook works
        told.sold.buy()
        told.until(lambda state: len(state["attempts"]) >= 3)
        first, second, third = receiver.heard[:3]
        assert 0.05 < second.at - first.at < 0.16
        assert 0.17 < third.at - second.at < 0.6
        api.session.close()
    receiver.close()
