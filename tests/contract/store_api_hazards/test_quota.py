"""The quota: a wait is read from the header or guessed, kept, and observed before a 429."""

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from tests.contract.store_api_hazards.conftest import A_PRODUCT, CREATE, Tokens, calls
from tests.fakes.clock import FakeClock
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.errors import (
    StoreThrottled,
)


def test_a_429_with_headers_says_how_long_and_is_not_repeated(
    server: StoreServer, store: BigCommerceStore, clock: FakeClock
) -> None:
    server.control.set_hazard("quota-headers", remaining=1)
    with pytest.raises(StoreThrottled) as throttled:
        store.create(A_PRODUCT)
    assert 25 <= throttled.value.wait <= 31
    assert calls(server) == {CREATE: 1}
    assert clock.slept == []
    assert store.record.throttled == 1


def test_after_a_429_the_gate_is_closed_for_urgent_work_too_and_opens_again(
    server: StoreServer, store: BigCommerceStore, clock: FakeClock
) -> None:
    server.control.set_hazard("quota-headers", remaining=1)
    with pytest.raises(StoreThrottled) as throttled:
        store.ping()
    assert store.wait_needed(urgent=True) == pytest.approx(throttled.value.wait, abs=0.001)
    clock.advance(throttled.value.wait)
    assert store.wait_needed(urgent=False) == 0
    store.ping()


def test_a_call_made_too_early_waits_instead_of_being_refused(
    server: StoreServer, store: BigCommerceStore, clock: FakeClock
) -> None:
    server.control.set_hazard("quota-headers", remaining=1)
    with pytest.raises(StoreThrottled) as throttled:
        store.ping()
    store.ping()
    assert clock.slept == [pytest.approx(throttled.value.wait, abs=0.001)]
    assert store.record.throttled == 1


def test_a_429_without_headers_backs_off_longer_each_time_up_to_a_minute(
    server: StoreServer, clock: FakeClock, tokens: Tokens
) -> None:
    deadline = clock.now_ms() + 3_600_000
    store = BigCommerceStore(server.api_url, server.store_hash, tokens, clock, deadline)
    server.control.set_hazard("quota-bare")
    waits = []
    for _ in range(10):
        with pytest.raises(StoreThrottled) as throttled:
            store.ping()
        waits.append(throttled.value.wait)
        clock.advance(throttled.value.wait)
    assert 0 < waits[0] <= 2
    assert 30 <= waits[-1] <= 60
    assert len(set(waits)) == len(waits), "waits without jitter make all callers come back at once"


def _on_the_wall_clock(server: StoreServer) -> BigCommerceStore:
    clock = SystemClock()
    return BigCommerceStore(
        server.api_url,
        server.store_hash,
        lambda _: server.token,
        clock,
        clock.now_ms() + 60_000,
    )


def test_a_fifth_of_the_quota_is_left_to_other_apps_and_urgent_work_may_spend_it() -> None:
    with StoreServer(quota="standard") as server:
        store = _on_the_wall_clock(server)
        made = 0
        while not store.wait_needed(urgent=False):
            store.ping()
            made += 1
        assert made == 120
        assert 0 < store.wait_needed(urgent=False) <= 30
        while not store.wait_needed(urgent=True):
            store.ping()
            made += 1
        assert made == 150
        assert store.record.throttled == 0


def test_three_calls_in_flight_cause_no_429_beside_another_app() -> None:
    with StoreServer(quota="standard", window_ms=1_000, latency_ms=5) as server:
        store = _on_the_wall_clock(server)
        server.control.set_hazard("foreign-app", share=0.2)
        with ThreadPoolExecutor(3) as pool:
            under_way: set[Future[None]] = set()
            for _ in range(400):
                while len(under_way) == 3:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    assert all(call.exception() is None for call in done)
                SystemClock().sleep(store.wait_needed(urgent=False))
                under_way.add(pool.submit(store.ping))
        assert store.record.throttled == 0
        assert server.control.counts()["most_in_flight"] <= 3
