"""Which calls are let in, at what rate, and how traffic is counted and recorded."""

import json
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sandbox.bigcommerce.server.server import StoreServer
from sandbox.bigcommerce.state.config import StoreConfig
from tests.sandbox.bigcommerce.conftest import Api, a_product


def test_a_wrong_token_is_refused(api: Api) -> None:
    answer = api.get("/v2/time", headers={"X-Auth-Token": "other"})
    assert (answer.status_code, answer.text) == (401, "Unauthorized")


def test_the_time_proves_the_token(api: Api) -> None:
    assert abs(api.get("/v2/time").json()["time"] - time.time()) < 5


def test_the_store_tells_its_units_and_currency(api: Api) -> None:
    body = api.get("/v2/store").json()
    known = {"currency", "decimal_places", "weight_units", "default_channel_id"}
    assert known <= body.keys()


def test_a_path_nobody_documents_and_another_store_are_not_found(api: Api) -> None:
    assert api.get("/catalog/nonsense").status_code == 404
    api.base = api.base.replace("sandbox1", "other")
    assert api.get("/v2/time").status_code == 404


def test_a_method_nobody_documents_is_refused(api: Api) -> None:
    assert api.call("PATCH", "/catalog/products").status_code == 405


def test_media_types_other_than_json_are_refused(api: Api) -> None:
    made = api.create()
    path = f"/catalog/products/{made['id']}"
    assert api.get(path, headers={"Accept": "text/html"}).status_code == 406
    form = api.call("PUT", path, headers={"Content-Type": "text/plain"}, data="{}")
    assert form.status_code == 415
    broken = api.call("PUT", path, headers={"Content-Type": "application/json"}, data="{")
    assert broken.status_code == 400


def test_a_token_without_the_scope_is_refused() -> None:
    config = StoreConfig(quota="none", scopes=frozenset({"store_v2_products"}))
    with StoreServer(config=config) as limited:
        api = Api(limited)
        answer = api.get("/inventory/items")
        assert answer.status_code == 403
        assert answer.json()["title"].startswith("You don't have a required scope")
        api.session.close()


def test_every_answer_tells_what_is_left_of_the_quota() -> None:
    with StoreServer(quota="standard") as limited:
        api = Api(limited)
        api.get("/v2/time")
        headers = api.get("/v2/time").headers
        assert headers["x-rate-limit-requests-quota"] == "150"
        assert headers["x-rate-limit-requests-left"] == "148"
        assert headers["x-rate-limit-time-window-ms"] == "30000"
        assert 0 < int(headers["x-rate-limit-time-reset-ms"]) <= 30_000
        api.session.close()


def test_the_151st_call_in_a_window_is_refused_and_counted_against_its_client() -> None:
    with StoreServer(quota="standard", window_ms=1500) as limited:
        api, other = Api(limited), Api(limited, agent="other-app/2")
        for _ in range(150):
            assert api.get("/v2/time").status_code == 200
        refused = other.get("/catalog/products")
        assert refused.status_code == 429
        assert refused.json()["title"] == "Too many requests"
        assert refused.headers["x-rate-limit-requests-left"] == "0"
        assert int(refused.headers["x-retry-after"]) >= 1
        assert limited.control.counts()["refused_429"] == {"other-app": 1}
        time.sleep(int(refused.headers["x-rate-limit-time-reset-ms"]) / 1000)  # the window passes
        assert other.get("/v2/time").status_code == 200
        api.session.close()
        other.session.close()


def test_a_foreign_app_eats_its_share_of_the_quota() -> None:
    with StoreServer(quota="standard", window_ms=1000) as limited:
        api = Api(limited)
        limited.control.set_hazard("foreign-app", share=0.5)
        time.sleep(1.1)  # into a window that began under the hazard
        lefts = []
        for _ in range(20):
            lefts.append(int(api.get("/v2/time").headers["x-rate-limit-requests-left"]))
            time.sleep(0.04)  # the foreign app spends by the clock
        assert 150 - min(lefts) > 20 + 30
        api.session.close()


def test_calls_are_counted_by_template_and_by_client(server: StoreServer, api: Api) -> None:
    made = api.create()
    api.get(f"/catalog/products/{made['id']}")
    api.get("/v2/time")
    other = Api(server, agent="other-app/2")
    other.get("/v2/time")
    other.session.close()
    counts = server.control.counts(agent="tillbridge")
    assert counts["calls"] == {
        "POST /catalog/products": 1,
        "GET /catalog/products/{product_id}": 1,
        "GET /v2/time": 1,
    }
    assert counts["by_agent"]["other-app"] == {"GET /v2/time": 1}
    server.control.reset_counts()
    assert server.control.counts()["calls"] == {}


def test_traffic_is_recorded_with_tokens_masked(tmp_path: Path) -> None:
    record = tmp_path / "traffic.jsonl"
    with StoreServer(quota="none", record=record) as recorded:
        api = Api(recorded)
        api.create()
        api.get("/v2/time?a=1")
        api.session.close()
        lines = [json.loads(line) for line in record.read_text().splitlines()]
        assert recorded.token not in record.read_text()
    assert lines[0].keys() == {
        "method", "path", "query", "request_headers", "request_body", "status",
        "response_headers", "response_body", "started_at", "ms",
    }  # fmt: skip
    assert lines[0]["request_body"] == a_product()
    assert lines[0]["response_body"]["data"]["name"] == "Mug"
    assert lines[0]["request_headers"]["x-auth-token"] == "***"
    assert (lines[1]["path"], lines[1]["query"]) == ("/stores/sandbox1/v2/time", "a=1")


@pytest.mark.parametrize("path", ["/catalog/products", "/v2/products"])
def test_errors_of_v2_and_v3_have_their_own_shapes(api: Api, path: str) -> None:
    body = api.post(path, {"name": "x"}).json()
    assert isinstance(body, list) == path.startswith("/v2")


def test_a_call_that_breaks_off_in_the_middle_does_nothing_and_harms_nobody(
    server: StoreServer, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    where = urlsplit(server.api_url)
    head = (
        f"POST /stores/{server.store_hash}/v3/catalog/products HTTP/1.1\r\nHost: x\r\n"
        f"X-Auth-Token: {server.token}\r\nContent-Type: application/json\r\n"
        'Content-Length: 500\r\n\r\n{"name": "Half'
    )
    with caplog.at_level("ERROR", logger="uvicorn.error"):
        with socket.create_connection((where.hostname, where.port)) as client:
            client.sendall(head.encode())
            time.sleep(0.1)  # until the server reads the half of a body
        assert api.get("/v2/time").status_code == 200
    assert not caplog.records
    assert "POST /catalog/products" not in server.control.counts()["calls"]


def test_a_method_that_is_not_allowed_tells_so_in_detail(api: Api) -> None:
    body = api.call("DELETE", "/catalog/products/1/images").json()
    assert body.keys() == {"status", "title", "type", "detail"}


def test_a_scope_that_reads_lets_nobody_write(server: StoreServer, api: Api) -> None:
    server.control.make_token("reader", {"store_v2_products_read_only"})
    reader = {"X-Auth-Token": "reader"}
    assert api.get("/catalog/products", headers=reader).status_code == 200
    assert api.post("/catalog/products", a_product(), headers=reader).status_code == 403
    assert api.get("/inventory/items", headers=reader).status_code == 403


def test_a_token_tells_of_no_more_than_it_may_read(server: StoreServer, api: Api) -> None:
    server.control.make_token("narrow", {"store_v2_products"})
    hook = {"scope": "store/order/*", "destination": "https://shop.example/hooks", "headers": {}}
    refused = api.post("/hooks", hook, headers={"X-Auth-Token": "narrow"})
    assert refused.status_code == 403


def test_a_token_whose_account_was_deleted_opens_nothing(server: StoreServer, api: Api) -> None:
    server.control.make_token("gone", {"store_v2_products"})
    server.control.make_token("gone", None)
    assert api.get("/catalog/products", headers={"X-Auth-Token": "gone"}).status_code == 401
