"""Replies that never came, came broken or came too late: a create is looked up, not repeated."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.contract.store_api_hazards.conftest import A_PRODUCT, CREATE, UPDATE, calls
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.errors import (
    LostReply,
    Refused,
)


@pytest.mark.parametrize("how", ["drop", "500"])
def test_a_create_whose_reply_is_lost_is_not_repeated_and_can_be_looked_up(
    server: StoreServer, store: BigCommerceStore, how: str
) -> None:
    server.control.set_hazard("lost-reply", remaining=1, method="POST", how=how)
    with pytest.raises(LostReply):
        store.create(A_PRODUCT)
    assert calls(server) == {CREATE: 1}
    (found,) = store.find_by_name("Armchair")
    assert store.find_by_sku("chair") == [found.id]


def test_an_update_whose_reply_is_lost_is_sent_again(
    server: StoreServer, store: BigCommerceStore
) -> None:
    made = store.create(A_PRODUCT)
    server.control.set_hazard("lost-reply", remaining=1, method="PUT")
    assert store.update_products([{"id": made.id, "price": 2}]) == {}
    assert calls(server)[UPDATE] == 2
    assert store.unanswered() == 1


@pytest.mark.parametrize(
    ("hazard", "params"),
    [("applied-late", {"seconds": 300}), ("lost-reply", {"how": "500"}), ("server-error", {})],
)
def test_a_write_without_an_answer_is_counted_for_the_thread_that_sent_it(
    server: StoreServer, store: BigCommerceStore, hazard: str, params: dict[str, Any]
) -> None:
    made = store.create(A_PRODUCT)
    server.control.set_hazard(hazard, remaining=1, method="PUT", **params)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(store.update_products, [{"id": made.id, "price": 2}]).result()
        assert pool.submit(store.unanswered).result() == 1
    assert store.unanswered() == 0


def test_a_read_without_an_answer_and_a_refusal_are_not_counted(
    server: StoreServer, store: BigCommerceStore
) -> None:
    server.control.set_hazard("server-error", remaining=1, method="GET")
    store.highest_id()
    with pytest.raises(Refused):
        store.update_products([{"id": 4711, "price": 2}])
    assert store.unanswered() == 0


def test_a_batch_that_makes_variants_is_a_create(
    server: StoreServer, store: BigCommerceStore
) -> None:
    made = store.create(A_PRODUCT)
    option = store.create_option(made.id, "Size", ["S"])
    value = {"option_id": option.id, "id": option.values["S"]}
    server.control.set_hazard("lost-reply", remaining=1, method="PUT")
    with pytest.raises(LostReply):
        store.update_variants([{"product_id": made.id, "sku": "S", "option_values": [value]}])
    assert [variant.sku for variant in store.variants(made.id)] == ["S"]


def test_an_image_whose_reply_is_lost_is_not_sent_again(
    server: StoreServer, store: BigCommerceStore
) -> None:
    made = store.create(A_PRODUCT)
    server.control.set_hazard("lost-reply", remaining=1, method="POST")
    with pytest.raises(LostReply):
        store.add_image(made.id, {"image_url": "https://a.example/1.jpg"})
    assert len(store.images(made.id)) == 1


def test_an_answer_that_breaks_off_is_no_answer(
    server: StoreServer, store: BigCommerceStore
) -> None:
    server.control.set_hazard("reset-mid-body", remaining=1, method="POST")
    with pytest.raises(LostReply):
        store.create(A_PRODUCT)
    server.control.set_hazard("reset-mid-body", remaining=2, method="GET")
    assert len(list(store.walk())) == 1


def test_a_slow_answer_ends_with_the_slice(server: StoreServer) -> None:
    clock = SystemClock()
    started = clock.now_ms()
    store = BigCommerceStore(
        server.api_url, server.store_hash, lambda _: server.token, clock, started + 1_500
    )
    server.control.set_hazard("slow", seconds=4)
    with pytest.raises(LostReply):
        store.create(A_PRODUCT)
    assert clock.now_ms() - started < 2_500


def test_a_502_to_a_create_is_a_lost_reply_though_nothing_was_made(
    server: StoreServer, store: BigCommerceStore
) -> None:
    server.control.set_hazard("server-error", remaining=1, method="POST", status=502)
    with pytest.raises(LostReply):
        store.create(A_PRODUCT)
    assert store.find_by_name("Armchair") == []
