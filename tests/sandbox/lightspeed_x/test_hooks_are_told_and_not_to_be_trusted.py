"""Facts 10 and 11: seven types, a form, a signature of apps only, retries, and no guarantee."""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from sandbox.lightspeed_x.hooks.sender import RETRIES, TIMEOUT_S, Sender
from tests.sandbox.lightspeed_x.conftest import Clock, Shop, a_mug, a_shirt

URL = "https://hooks.example/h"
TYPES = ("product.update", "inventory.update")


class Receiver:
    """Takes the calls to hooks, and answers as it is told."""

    def __init__(self, shop: Shop) -> None:
        self.calls: list[tuple[str, bytes, dict[str, str]]] = []
        self.status: int | None = 204
        self.sender = Sender(shop.account, self._take)
        self.deliver = self.sender.deliver

    def _take(self, url: str, body: bytes, headers: dict[str, str]) -> int | None:
        self.calls.append((url, body, headers))
        return self.status

    def types(self) -> list[str]:
        return [parse_qs(body.decode())["type"][0] for _, body, _ in self.calls]

    def payload(self, place: int = -1) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(parse_qs(self.calls[place][1].decode())["payload"][0])
        return told


def subscribe(shop: Shop, *types: str, **more: Any) -> list[str]:
    bodies = [{"type": kind, "url": URL, "active": True} for kind in types or TYPES]
    return [shop.post("/webhooks", body, **more)["data"]["id"] for body in bodies]


@pytest.fixture
def receiver(shop: Shop) -> Receiver:
    return Receiver(shop)


def test_there_are_seven_types_and_no_eighth(shop: Shop) -> None:
    body = {"url": URL, "active": True}
    assert shop.call("POST", "/webhooks", body | {"type": "stocktake"}).status_code == 422
    for kind in ("sale.update", "product.update", "customer.update", "inventory.update",
                 "register_closure.create", "consignment.send", "consignment.receive"):  # fmt: skip
        assert shop.call("POST", "/webhooks", body | {"type": kind}).status_code == 201


def test_the_same_hook_twice_is_a_conflict(shop: Shop) -> None:
    (made,) = subscribe(shop, "product.update")
    body = {"type": "product.update", "url": URL, "active": True}
    assert shop.call("POST", "/webhooks", body).status_code == 409
    assert [each["id"] for each in shop.get("/webhooks")["data"]] == [made]
    assert shop.call("DELETE", f"/webhooks/{made}").status_code == 200
    assert shop.call("DELETE", f"/webhooks/{made}").status_code == 404


def test_a_save_is_told_for_each_member_as_a_form(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop, "product.update")
    a_shirt(shop)
    receiver.deliver()
    assert receiver.types() == ["product.update", "product.update"]
    _, body, headers = receiver.calls[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert receiver.payload(0)["name"] == "Shirt"
    assert body.startswith(b"domain_prefix=")


def test_a_product_is_told_with_counts_and_no_version(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop, "product.update")
    a_mug(shop)
    receiver.deliver()
    told = receiver.payload()
    assert [level["count"] for level in told["inventory"]] == [5, 0]
    assert "version" not in told


def test_a_sale_is_told_as_sale_and_as_inventory(shop: Shop, receiver: Receiver) -> None:
    a_mug(shop)
    subscribe(shop, "sale.update", "product.update", "inventory.update")
    shop.cloud.sell([{"product_id": "p-mug", "quantity": 1}])
    receiver.deliver()
    assert receiver.types() == ["sale.update", "inventory.update"]
    assert receiver.payload()["count"] == 4


def test_a_count_an_order_and_a_transfer_move_stock_without_a_word_of_inventory(
    shop: Shop, receiver: Receiver
) -> None:
    a_mug(shop)
    subscribe(shop, "inventory.update", "consignment.send", "consignment.receive")
    newest = shop.levels()[-1]["version"]
    shop.cloud.inventory_count([{"product_id": "p-mug", "counted": 9}])
    shop.cloud.stock_order([{"product_id": "p-mug", "received": 3}])
    shop.cloud.stock_transfer([{"product_id": "p-mug", "quantity": 1}])
    receiver.deliver()
    assert receiver.types() == ["consignment.receive", "consignment.send", "consignment.receive"]
    assert len(shop.levels(after=newest)) == 2


def test_a_file_is_told_as_a_burst_of_saves(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop)
    products = [{"id": f"p-{n}", "name": f"Mug {n}", "sku": f"MUG{n}"} for n in range(30)]
    shop.cloud.save_products(products)
    receiver.deliver()
    assert receiver.types().count("product.update") == 30


def test_a_late_commit_is_told_when_it_shows(shop: Shop, receiver: Receiver) -> None:
    a_mug(shop)
    subscribe(shop)
    shop.control.hold_commits()
    shop.cloud.sell([{"product_id": "p-mug", "quantity": 1}])
    assert receiver.deliver() == []
    shop.control.commit()
    receiver.deliver()
    assert receiver.types() == ["inventory.update"]


def test_nothing_is_told_of_what_vanishes_or_of_a_new_name(shop: Shop, receiver: Receiver) -> None:
    a_mug(shop, brand="Clay")
    a_shirt(shop)
    subscribe(shop)
    shop.control.rename("brand", "Clay", "Clay & Co")
    shop.control.vanish("p-shirt")
    assert receiver.deliver() == []


def test_images_are_told_when_they_are_done(shop: Shop, receiver: Receiver, clock: Clock) -> None:
    a_mug(shop)
    shop.cloud.save_product("p-mug", images=[{"url": "https://shop.example/1.jpg"}])
    subscribe(shop)
    assert receiver.deliver() == []
    clock.now += 10
    receiver.deliver()
    assert receiver.types() == ["product.update"]


def test_no_customer_is_ever_told(shop: Shop, receiver: Receiver) -> None:
    a_mug(shop)
    subscribe(shop, "sale.update")
    shop.cloud.sell([{"product_id": "p-mug", "quantity": 1}])
    receiver.deliver()
    assert set(receiver.payload()) == {"id", "status", "outlet_id"}


def test_hooks_of_a_personal_token_are_not_signed(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop, "product.update")
    a_mug(shop)
    receiver.deliver()
    assert "X-Signature" not in receiver.calls[0][2]


def test_hooks_of_an_app_are_signed_over_the_raw_body(shop: Shop, receiver: Receiver) -> None:
    access, _, _ = shop.account.tokens.issue(shop.account.config.scopes)
    subscribe(shop, "product.update", headers={"Authorization": f"Bearer {access}"})
    a_mug(shop)
    receiver.deliver()
    _, body, headers = receiver.calls[0]
    secret = shop.account.config.client_secret.encode()
    wanted = base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()
    assert headers["X-Signature"] == f"signature={wanted},algorithm=HMAC-SHA256"


@pytest.mark.parametrize("status", [None, 500, 301, 404])
def test_what_is_not_taken_is_repeated_twenty_times_in_two_days(
    shop: Shop, receiver: Receiver, clock: Clock, status: int | None
) -> None:
    subscribe(shop, "product.update")
    a_mug(shop)
    receiver.status = status
    for wait in (*RETRIES, 999_999.0):
        assert len(receiver.deliver()) == 1
        assert receiver.deliver() == []
        clock.now += wait
    assert receiver.deliver() == []
    assert len(receiver.calls) == 21
    assert sum(RETRIES) == pytest.approx(48 * 3600, rel=0.001)


def test_a_receiver_has_five_seconds_and_an_answer_too_late_is_a_second_call(
    shop: Shop, receiver: Receiver, clock: Clock
) -> None:
    assert TIMEOUT_S == 5
    subscribe(shop, "product.update")
    shop.control.hooks(slow_receiver=1)
    a_mug(shop)
    assert [attempt.status for attempt in receiver.deliver()] == [None]
    clock.now += RETRIES[0]
    assert [attempt.status for attempt in receiver.deliver()] == [204]
    assert receiver.calls[0][1] == receiver.calls[1][1]


def test_hooks_may_be_dropped_altogether(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop)
    shop.control.hooks(dropped=1)
    a_mug(shop)
    assert receiver.deliver() == []


def test_a_share_of_hooks_may_be_dropped(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop, "product.update")
    shop.control.hooks(dropped=0.3)
    for number in range(200):
        a_mug(shop, f"p-{number}", name=f"Mug {number}", sku=f"MUG{number}")
    assert 110 < len(receiver.deliver()) < 170


def test_hooks_may_come_twice(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop, "product.update")
    shop.control.hooks(doubled=1)
    a_mug(shop)
    receiver.deliver()
    assert len({body for _, body, _ in receiver.calls}) == 1
    assert len(receiver.calls) == 2


def test_hooks_may_come_in_any_order(shop: Shop, receiver: Receiver) -> None:
    subscribe(shop, "product.update")
    shop.control.hooks(shuffled=True)
    for number in range(20):
        a_mug(shop, f"p-{number}", name=f"Mug {number}", sku=f"MUG{number}")
    receiver.deliver()
    names = [receiver.payload(place)["name"] for place in range(20)]
    assert names != sorted(names, key=lambda name: int(name.split()[1]))
    assert len(set(names)) == 20


def test_hooks_may_come_late(shop: Shop, receiver: Receiver, clock: Clock) -> None:
    subscribe(shop, "product.update")
    shop.control.hooks(late_s=90)
    a_mug(shop)
    assert receiver.deliver() == []
    clock.now += 90
    assert len(receiver.deliver()) == 1


def test_a_stranger_signs_with_what_is_not_the_secret(shop: Shop, receiver: Receiver) -> None:
    access, _, _ = shop.account.tokens.issue(shop.account.config.scopes)
    subscribe(shop, "product.update", headers={"Authorization": f"Bearer {access}"})
    shop.control.hooks(forged=1)
    a_mug(shop)
    attempts = receiver.deliver()
    assert sorted(attempt.genuine for attempt in attempts) == [False, True]
    first, second = (headers["X-Signature"] for _, _, headers in receiver.calls)
    assert first != second


def test_a_hook_that_is_off_or_gone_is_not_called(shop: Shop, receiver: Receiver) -> None:
    made, other = subscribe(shop)
    a_mug(shop)
    body = {"type": TYPES[0], "url": URL, "active": False}
    shop.call("PUT", f"/webhooks/{made}", body)
    shop.call("DELETE", f"/webhooks/{other}")
    assert receiver.deliver() == []
