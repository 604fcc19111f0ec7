"""How calls are sent: time limits, repeats, the quota, threads."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import urllib3

from tests.fakes.clock import FakeClock
from tests.unit.adapters.canned_http import Canned, Step, answer
from tillbridge.adapters.bigcommerce.client import BigCommerceStore
from tillbridge.domain.errors import LostReply, NeedsAttention, OutOfTime, StoreDown
from tillbridge.ports.store_api import StoreApi

A_PRODUCT = {"name": "Armchair", "type": "physical", "weight": 0, "price": 1}
MADE = answer(200, b'{"data": {"id": 7, "name": "Armchair"}}')


def a_store(
    *steps: Step, seconds: float = 60, clock: FakeClock | None = None
) -> tuple[StoreApi, Canned]:
    canned = Canned(list(steps))
    clock = clock or FakeClock()
    deadline = clock.now_ms() + round(seconds * 1000)
    api = BigCommerceStore(
        "https://api.example/", "h1", lambda _: "sesame", clock, deadline, canned.http_session()
    )
    return api, canned


def broken(reason: Exception) -> requests.ConnectionError:
    return requests.ConnectionError(reason)


def unopened() -> requests.ConnectionError:
    pool = urllib3.HTTPConnectionPool("api.example")
    connection = urllib3.connection.HTTPConnection("api.example")
    reason = urllib3.exceptions.NewConnectionError(connection, "refused")
    return broken(urllib3.exceptions.MaxRetryError(pool, "/", reason))


def test_calls_go_below_the_stores_address() -> None:
    api, canned = a_store(MADE)
    api.create(A_PRODUCT)
    (request,) = canned.asked
    assert request.url == "https://api.example/stores/h1/v3/catalog/products"
    assert request.headers["X-Auth-Token"] == "sesame"
    assert request.headers["User-Agent"].startswith("tillbridge/")
    assert json.loads(request.body or b"") == A_PRODUCT


@pytest.mark.parametrize(("seconds", "read"), [(60, 30), (12, 12), (2, 2)])
def test_no_timeout_outlives_the_slice(seconds: float, read: float) -> None:
    api, canned = a_store(MADE, seconds=seconds)
    api.create(A_PRODUCT)
    ((connect, waiting),) = canned.timeouts
    assert waiting == read
    assert connect <= 3.05


def test_without_a_second_left_nothing_is_sent() -> None:
    api, canned = a_store(MADE, seconds=0.9)
    with pytest.raises(OutOfTime):
        api.create(A_PRODUCT)
    assert canned.asked == []


@pytest.mark.parametrize(
    "trouble",
    [
        requests.ReadTimeout(),
        requests.exceptions.ChunkedEncodingError(),
        broken(urllib3.exceptions.ProtocolError("Connection aborted.", ConnectionResetError())),
        requests.exceptions.SSLError(),
        answer(500),
        answer(200, b"<html>"),
    ],
)
def test_a_create_is_never_repeated_when_it_may_have_arrived(trouble: Step) -> None:
    api, canned = a_store(trouble, MADE)
    with pytest.raises(LostReply):
        api.create(A_PRODUCT)
    assert len(canned.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        unopened(),
        requests.ConnectTimeout(),
        broken(urllib3.exceptions.ClosedPoolError(urllib3.HTTPConnectionPool("a"), "closed")),
    ],
)
def test_a_create_that_found_no_connection_was_not_lost(trouble: Step) -> None:
    api, canned = a_store(trouble, MADE)
    with pytest.raises(StoreDown):
        api.create(A_PRODUCT)
    assert len(canned.asked) == 1


def test_a_read_is_repeated_twice_and_each_call_is_counted() -> None:
    clock = FakeClock()
    api, _ = a_store(unopened(), requests.ReadTimeout(), answer(200, b'{"data": []}'), clock=clock)
    assert api.highest_id() == 0
    assert api.record.calls == {"GET /catalog/products": 3}
    assert len(clock.slept) == 2
    assert clock.slept[0] < clock.slept[1] <= 1


def test_a_third_failure_is_the_stores() -> None:
    api, canned = a_store(answer(502), answer(502), answer(502))
    with pytest.raises(StoreDown):
        api.highest_id()
    assert canned.steps == []


def test_maintenance_tells_how_long_to_stay_away() -> None:
    busy = answer(503, b"", {"Retry-After": "90"})
    api, _ = a_store(busy, busy, busy)
    with pytest.raises(StoreDown) as down:
        api.highest_id()
    assert down.value.wait == 90


def test_a_refusal_is_not_repeated() -> None:
    api, canned = a_store(answer(401), answer(401))
    with pytest.raises(NeedsAttention):
        api.highest_id()
    assert len(canned.asked) == 2, "once with the token read anew, and no more"


def test_ids_the_answer_leaves_out_are_read_and_losing_them_is_a_lost_reply() -> None:
    images = [{"image_url": "https://a.example/1.jpg"}]
    listed = answer(200, b'{"data": [{"id": 3, "sort_order": 1}, {"id": 4, "sort_order": 0}]}')
    api, _ = a_store(MADE, listed, answer(200, b'{"data": []}'))
    assert api.create(A_PRODUCT | {"images": images}).image_ids == (4, 3)
    api, _ = a_store(MADE, answer(429))
    with pytest.raises(LostReply):
        api.create(A_PRODUCT | {"images": images})


def test_three_threads_share_one_quota_and_one_count() -> None:
    together = threading.Barrier(3)
    headers = {
        "X-Rate-Limit-Requests-Quota": "100",
        "X-Rate-Limit-Requests-Left": "21",
        "X-Rate-Limit-Time-Reset-Ms": "9000",
        "X-Rate-Limit-Time-Window-Ms": "30000",
    }
    good = answer(200, b'{"data": []}', headers)

    def all_at_once(request: requests.PreparedRequest) -> requests.Response:
        together.wait(timeout=5)
        assert callable(good)
        return good(request)

    api, _ = a_store(*[all_at_once] * 9)
    with ThreadPoolExecutor(3) as pool:
        for answered in [pool.submit(api.highest_id) for _ in range(9)]:
            assert answered.result(timeout=10) == 0
    assert api.record.calls == {"GET /catalog/products": 9}
    assert api.wait_needed(urgent=True) == 0
