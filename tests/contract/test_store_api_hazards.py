"""The hazards that are the client's business, each made by the sandbox store over a real socket."""

import traceback
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

import pytest

from sandbox.bigcommerce.server import StoreServer
from tests.fakes.clock import FakeClock
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.adapters.clock import SystemClock
from tillbridge.domain.errors import (
    LostReply,
    NeedsAttention,
    OutOfTime,
    Refused,
    StoreDown,
    StoreThrottled,
    TillbridgeError,
)
from tillbridge.domain.ids import StoreProductId
from tillbridge.ports.store_api import StockItem

A_PRODUCT = {"name": "Armchair", "type": "physical", "weight": 0, "price": 1, "sku": "CHAIR"}
CREATE = "POST /catalog/products"
UPDATE = "PUT /catalog/products"
LIST = "GET /catalog/products"


@pytest.fixture
def server() -> Iterator[StoreServer]:
    with StoreServer(quota="none") as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class Tokens:
    """A secret and the copy of it that is held; reading it anew sees a change."""

    def __init__(self, secret: str) -> None:
        self.secret = self.held = secret
        self.read_anew = 0

    def __call__(self, anew: bool) -> str:
        if anew:
            self.read_anew += 1
            self.held = self.secret
        return self.held


@pytest.fixture
def tokens(server: StoreServer) -> Tokens:
    return Tokens(server.token)


@pytest.fixture
def store(server: StoreServer, clock: FakeClock, tokens: Tokens) -> BigCommerceStore:
    deadline = clock.now_ms() + 60_000
    return BigCommerceStore(server.api_url, server.store_hash, tokens, clock, deadline)


def calls(server: StoreServer) -> dict[str, Any]:
    return dict(server.control.counts("tillbridge")["calls"])


# --- quota -------------------------------------------------------------------------------------


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


def test_a_fifth_of_the_quota_is_left_to_other_apps_and_urgent_work_may_spend_it() -> None:
    with StoreServer(quota="standard") as server:
        clock = SystemClock()
        store = BigCommerceStore(
            server.api_url,
            server.store_hash,
            lambda _: server.token,
            clock,
            clock.now_ms() + 60_000,
        )
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
        clock = SystemClock()
        store = BigCommerceStore(
            server.api_url,
            server.store_hash,
            lambda _: server.token,
            clock,
            clock.now_ms() + 60_000,
        )
        server.control.set_hazard("foreign-app", share=0.2)
        with ThreadPoolExecutor(3) as pool:
            under_way: set[Future[None]] = set()
            for _ in range(400):
                while len(under_way) == 3:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    assert all(call.exception() is None for call in done)
                clock.sleep(store.wait_needed(urgent=False))
                under_way.add(pool.submit(store.ping))
        assert store.record.throttled == 0
        assert server.control.counts()["most_in_flight"] <= 3


# --- trouble of the server ----------------------------------------------------------------------


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


@pytest.mark.parametrize("how", ["drop", "500"])
def test_a_create_whose_reply_is_lost_is_not_repeated_and_can_be_looked_up(
    server: StoreServer, store: BigCommerceStore, how: str
) -> None:
    # `as` is a keyword, so the hazard's parameter comes in a dictionary.
    params: dict[str, Any] = {"as": how}
    server.control.set_hazard("lost-reply", remaining=1, method="POST", **params)
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


def test_a_store_nobody_listens_for_is_down_and_no_reply_was_lost(clock: FakeClock) -> None:
    with StoreServer() as gone:
        url = gone.api_url
    store = BigCommerceStore(url, "sandbox1", lambda _: "t", clock, clock.now_ms() + 60_000)
    with pytest.raises(StoreDown):
        store.create(A_PRODUCT)
    with pytest.raises(StoreDown):
        store.highest_id()


# --- a person must act --------------------------------------------------------------------------


def test_a_dead_token_is_read_anew_once_and_then_needs_attention(
    server: StoreServer, store: BigCommerceStore, tokens: Tokens
) -> None:
    server.control.set_hazard("token-dead")
    with pytest.raises(NeedsAttention) as attention:
        store.create(A_PRODUCT)
    assert attention.value.code == "token_dead"
    assert "token" in str(attention.value)
    assert tokens.read_anew == 1
    server.control.clear_hazards()
    store.create(A_PRODUCT)


def test_a_token_that_was_changed_meanwhile_is_taken_without_a_word(
    store: BigCommerceStore, tokens: Tokens
) -> None:
    tokens.held = "the-old-one"
    store.create(A_PRODUCT)
    assert tokens.read_anew == 1


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("store_v2_products", lambda store: store.create(A_PRODUCT)),
        (
            "store_inventory",
            lambda store: store.set_stock([StockItem(1, 1, product=StoreProductId(1))]),
        ),
    ],
)
def test_a_missing_scope_is_named(
    server: StoreServer, store: BigCommerceStore, scope: str, call: Any
) -> None:
    server.control.set_hazard("scope-missing", scope=scope)
    with pytest.raises(NeedsAttention) as attention:
        call(store)
    assert attention.value.code == "scope_missing"
    assert scope in str(attention.value)


def test_a_suspended_store_needs_attention(server: StoreServer, store: BigCommerceStore) -> None:
    server.control.set_hazard("suspended")
    with pytest.raises(NeedsAttention) as attention:
        store.ping()
    assert attention.value.code == "suspended"


def test_maintenance_needs_nobody(server: StoreServer, store: BigCommerceStore) -> None:
    server.control.set_hazard("server-error", status=503)
    with pytest.raises(StoreDown):
        store.ping()


# --- what it says about records ------------------------------------------------------------------


def test_a_create_of_which_a_part_was_not_saved_says_so(
    server: StoreServer, store: BigCommerceStore
) -> None:
    server.control.set_hazard("partial-207", method="POST", part="custom_url")
    made = store.create(A_PRODUCT | {"custom_url": {"url": "/armchair/", "is_customized": True}})
    assert made.id
    assert "custom_url" in made.warning


def test_a_batch_of_which_a_part_was_not_saved_warns_of_every_product(
    server: StoreServer, store: BigCommerceStore
) -> None:
    ids = [store.create(A_PRODUCT | {"name": f"Chair {n}", "sku": f"C{n}"}).id for n in range(2)]
    server.control.set_hazard("partial-207", method="PUT", part="price")
    warnings = store.update_products([{"id": one, "price": 2} for one in ids])
    assert set(warnings) == set(ids)
    assert all("price" in words for words in warnings.values())


def test_a_batch_refused_without_a_name_says_what_is_wrong(
    server: StoreServer, store: BigCommerceStore
) -> None:
    made = store.create(A_PRODUCT)
    server.control.set_hazard("batch-422", remaining=1)
    with pytest.raises(Refused) as refused:
        store.update_products([{"id": made.id, "name": "Chair"}])
    assert refused.value.status == 422
    assert "name" in refused.value.fields


def test_fields_nobody_knew_are_tolerated(server: StoreServer, store: BigCommerceStore) -> None:
    server.control.set_hazard("new-field")
    made = store.create(A_PRODUCT)
    store.update_products([{"id": made.id, "price": 2}])
    assert [product.id for product in store.walk()] == [made.id]


def test_ids_of_new_variants_come_from_the_answer_not_from_a_list_that_lags(
    server: StoreServer, store: BigCommerceStore
) -> None:
    server.control.set_hazard("variants-lag")
    option = {"option_display_name": "Size", "label": "S"}
    made = store.create(A_PRODUCT | {"variants": [{"sku": "S", "option_values": [option]}]})
    assert [variant.sku for variant in made.variants] == ["S"]
    assert list(calls(server)) == [CREATE]


def test_a_walk_misses_nothing_while_pages_shift(
    server: StoreServer, store: BigCommerceStore
) -> None:
    ids = server.control.seed(count=600)
    server.control.set_hazard("page-shift", by=3)
    walked = [product.id for product in store.walk()]
    assert walked == ids
    assert calls(server) == {LIST: 3}


# --- nobody in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["sesame-4711", "sesame-4711\nX-Other: 1", "sesame-4711-€"])
def test_no_error_shows_the_token(server: StoreServer, clock: FakeClock, token: str) -> None:
    with StoreServer() as closed:
        nowhere = closed.api_url
    for url in (server.api_url, nowhere):
        store = BigCommerceStore(
            url, server.store_hash, lambda _: token, clock, clock.now_ms() + 60_000
        )
        with pytest.raises(TillbridgeError) as error:
            store.create(A_PRODUCT)
        shown = "".join(traceback.format_exception(error.value))
        assert "sesame" not in shown
