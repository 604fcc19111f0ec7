"""Hazards of hooks: each does what it says."""

import time

from tests.sandbox.bigcommerce.hooks.conftest import Told


def test_hook_duplicate_tells_twice_with_the_same_hash(told: Told) -> None:
    told.hook("store/order/created")
    told.sold.shop.set_hazard("hook-duplicate")
    told.sold.buy()
    told.wait()
    first, second = told.receiver.heard
    assert first.body["hash"] == second.body["hash"]


def test_hook_late_tells_later(told: Told) -> None:
    told.hook("store/order/created")
    told.sold.shop.set_hazard("hook-late", seconds=0.3)
    began = time.monotonic()
    told.sold.buy()
    told.until(lambda state: len(state["attempts"]) == 1)
    assert told.receiver.heard[0].at - began >= 0.3


def test_hook_lost_tells_nothing_and_never_again(told: Told) -> None:
    told.hook("store/order/created")
    told.sold.shop.set_hazard("hook-lost", remaining=1)
    told.sold.buy()
    second = told.sold.buy()
    told.wait(86_400)
    assert [body["data"]["id"] for body in told.receiver.bodies()] == [second]


def test_hook_reordered_tells_in_another_order(told: Told) -> None:
    told.hook("store/order/created")
    told.sold.shop.set_hazard("hook-reordered", seconds=0.5)
    orders = [told.sold.buy() for _ in range(8)]
    told.until(lambda state: len(state["attempts"]) == 8)
    heard = [body["data"]["id"] for body in told.receiver.bodies()]
    assert heard != orders
    assert sorted(heard) == orders


def test_hook_off_switches_the_hook_off(told: Told) -> None:
    hook_id = told.hook("store/order/created")
    told.sold.shop.set_hazard("hook-off", remaining=1)
    told.sold.buy()
    told.wait()
    assert told.receiver.heard == []
    assert not told.sold.api.get(f"/hooks/{hook_id}").json()["data"]["is_active"]


def test_hook_forged_knows_the_address_and_nothing_else(told: Told) -> None:
    told.hook("store/order/created", headers={"x-secret": "s"})
    told.sold.shop.set_hazard("hook-forged", remaining=1)
    order_id = told.sold.buy()
    told.wait()
    forged = [heard for heard in told.receiver.heard if heard.body["data"]["id"] != order_id]
    assert len(forged) == 1
    assert "x-secret" not in forged[0].headers
    assert forged[0].headers["webhook-signature"].startswith("v1,")
    assert len(told.receiver.heard) == 2


def test_a_refused_forgery_is_not_tried_again_and_blocks_nobody(told: Told) -> None:
    told.hook("store/order/created", headers={"x-secret": "s"})
    told.receiver.status = lambda heard: 200 if "x-secret" in heard.headers else 401
    told.sold.shop.set_hazard("hook-forged")
    told.sold.buy()
    assert told.wait(86_400)["later"] == 0
    assert len(told.receiver.heard) == 2


def test_hook_unsigned_leaves_the_signature_out(told: Told) -> None:
    told.hook("store/order/created", headers={"x-secret": "s"})
    told.sold.shop.set_hazard("hook-unsigned")
    told.sold.buy()
    told.wait()
    (heard,) = told.receiver.heard
    assert [name for name in heard.headers if name.startswith("webhook-")] == []
    assert heard.headers["x-secret"] == "s"


def test_a_hazard_may_strike_one_scope_alone(told: Told) -> None:
    told.hook()
    told.sold.shop.set_hazard("hook-lost", path="order/created$")
    order_id = told.sold.buy()
    told.sold.shop.archive(order_id)
    told.wait()
    assert sorted(body["scope"] for body in told.receiver.bodies()) == [
        "store/order/archived",
        "store/order/updated",
    ]
