"""A server in trouble: what may be repeated is repeated, for as long as there is time."""

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.contract.store_api_hazards.conftest import A_PRODUCT, LIST, UPDATE, Tokens, calls
from tests.fakes.clock import FakeClock
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.domain.errors import (
    OutOfTime,
    StoreDown,
)


def test_what_may_be_repeated_is_repeated_after_a_server_error(
    server: StoreServer, store: BigCommerceStore, clock: FakeClock
) -> None:
    made = store.create(A_PRODUCT)
    server.control.set_hazard("server-error", remaining=2)
    assert store.update_products([{"id": made.id, "price": 2}]) == {}
    assert calls(server)[UPDATE] == 3
    assert len(clock.slept) == 2
    assert all(0 < pause <= 1 for pause in clock.slept)


def test_after_two_repeats_the_store_is_down(server: StoreServer, store: BigCommerceStore) -> None:
    server.control.set_hazard("server-error")
    with pytest.raises(StoreDown):
        store.highest_id()
    assert calls(server) == {LIST: 3}


def test_nothing_is_repeated_when_the_slice_has_no_time_for_it(
    server: StoreServer, tokens: Tokens, clock: FakeClock
) -> None:
    store = BigCommerceStore(
        server.api_url, server.store_hash, tokens, clock, clock.now_ms() + 1_100
    )
    server.control.set_hazard("server-error")
    with pytest.raises(StoreDown):
        store.highest_id()
    assert calls(server) == {LIST: 1}


def test_no_call_is_sent_with_less_than_a_second_left(
    server: StoreServer, tokens: Tokens, clock: FakeClock
) -> None:
    store = BigCommerceStore(server.api_url, server.store_hash, tokens, clock, clock.now_ms() + 900)
    with pytest.raises(OutOfTime):
        store.create(A_PRODUCT)
    assert calls(server) == {}
    assert not store.record.calls


def test_a_store_nobody_listens_for_is_down_and_no_reply_was_lost(clock: FakeClock) -> None:
    with StoreServer() as gone:
        url = gone.api_url
    store = BigCommerceStore(url, "sandbox1", lambda _: "t", clock, clock.now_ms() + 60_000)
    with pytest.raises(StoreDown):
        store.create(A_PRODUCT)
    with pytest.raises(StoreDown):
        store.highest_id()


def test_maintenance_needs_nobody(server: StoreServer, store: BigCommerceStore) -> None:
    server.control.set_hazard("server-error", status=503)
    with pytest.raises(StoreDown):
        store.ping()
